/** A tab of a form: its name, which is also that of its texts and of its panel. */
export interface FormTab {
	readonly id: string;
	readonly label: string;
}

/** Makes tabs of a form's panels, `<form>-panel-<id>` each; the first one is shown. Gives what shows another one. */
export function formTabs(form: string, tabs: readonly FormTab[]): (id: string) => void {
	const list = RED.tabs.create({
		id: `${form}-tabs`,
		onchange: ({ id }) => {
			$(`#${form}-panels`).children().hide();
			$(`#${id}`).show();
		},
	});
	for (const { id, label } of tabs) list.addTab({ id: `${form}-panel-${id}`, label });
	return (id) => list.activateTab(`${form}-panel-${id}`);
}
