// mocha's own report, and as the very last line the counts in the form that the project promises.
const { reporters } = require("mocha");

module.exports = class Reporter extends reporters.Spec {
	epilogue() {
		super.epilogue();
		const { passes, failures, pending } = this.stats;
		console.log(`${passes} passed, ${failures} failed${pending > 0 ? `, ${pending} skipped` : ""}`);
	}
};
