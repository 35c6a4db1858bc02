const LANGUAGE = navigator.languages.map((each) => each.slice(0, 2).toLowerCase()).find((each) => TEXTS[each]) ?? "en";
const TEXT = TEXTS[LANGUAGE];
const $ = (id) => document.getElementById(id);

document.documentElement.lang = LANGUAGE;
document.title = TEXT.title;
for (const element of document.querySelectorAll("[data-text]")) element.textContent = TEXT[element.dataset.text];

function row({ subject, at, writes }) {
	const item = document.createElement("li");
	const state = document.createElement("span");
	item.className = writes === 0 ? "waits" : "";
	state.textContent = writes === 0 ? TEXT.waits : writes === 1 ? TEXT.there : TEXT.again.replace("{n}", writes);
	item.append(`${at.slice(11)} ${subject}`, state);
	return item;
}

async function look() {
	try {
		const answer = await fetch("nothing-lost/counts", { signal: AbortSignal.timeout(4000) });
		const counts = await answer.json();
		for (const id of ["made", "kept", "records", "requests", "mood"]) $(id).textContent = counts[id];
		$("none").hidden = counts.calls.length > 0;
		$("calls").replaceChildren(...counts.calls.reverse().map(row));
		$("deaf").textContent = "";
	} catch {
		$("deaf").textContent = TEXT.deaf;
	}
	setTimeout(look, 1000);
}
look();
