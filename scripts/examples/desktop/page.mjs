/** The people who look at this page read one of these; the browser says which. */
const LANGUAGE = navigator.languages.map((each) => each.slice(0, 2).toLowerCase()).find((each) => TEXTS[each]) ?? "en";
const TEXT = TEXTS[LANGUAGE];
/** How times are written: as the region does. */
const LOCALE = navigator.languages.find((each) => each.toLowerCase().startsWith(LANGUAGE)) ?? LANGUAGE;
/** Personal: whoever has the address of this page can use it. */
const TOKEN = location.pathname.split("/").pop();
const PING_MS = 15_000;
const PONG_MS = 10_000;
const LONGEST_PAUSE_MS = 15_000;
/** One window for all records. */
const CRM_WINDOW = "meetip-crm";

const $ = (id) => document.getElementById(id);
const say = (key, values = {}) => (TEXT[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
const partyOf = ({ name, display }) => name || display || say("withheld");

/** What the flow has told, part by part. */
const shown = { me: null, link: "unknown", card: null, waiting: [], board: [], missed: [], calls: [] };
/** Notes that are being written, by call. */
const drafts = new Map();

document.documentElement.lang = LANGUAGE;
for (const element of document.querySelectorAll("[data-text]")) element.textContent = say(element.dataset.text);

function element(tag, properties = {}, ...children) {
	const made = Object.assign(document.createElement(tag), properties);
	made.append(...children);
	return made;
}

/** `7 min`, a time of today, or a day. */
function when(time) {
	if (!time) return "";
	const date = new Date(time);
	const isToday = date.toDateString() === new Date().toDateString();
	const style = isToday ? { timeStyle: "short" } : { dateStyle: "short", timeStyle: "short" };
	return new Intl.DateTimeFormat(LOCALE, style).format(date);
}

function clock(seconds) {
	const whole = Math.max(0, Math.round(seconds));
	return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

// ---- the caller's card

function historyText(history) {
	if (!history) return "";
	if (history.calls === 0) return say("firstCall");
	const words = [
		history.lastSevenDays > 0 ? say("nthCall", { n: nth(history.lastSevenDays + 1) }) : say("firstThisWeek"),
	];
	if (history.lastOutcome) {
		const outcome = say(`outcome.${history.lastOutcome}`);
		words.push(say("lastCall", { outcome, when: when(history.lastAt) }));
	}
	if (history.lastAnsweredBy) words.push(say("spokeWith", { who: nameOf(history.lastAnsweredBy) }));
	return words.join(" · ");
}

function nth(number) {
	if (LANGUAGE !== "en") return `${number}.ª`;
	const rule = new Intl.PluralRules("en", { type: "ordinal" }).select(number);
	const endings = { one: "st", two: "nd", few: "rd", other: "th" };
	return `${number}${endings[rule]}`;
}

function nameOf(extension) {
	const person = [shown.me, ...shown.board].find((each) => each?.extension === extension);
	return person?.name || extension;
}

function showCard() {
	const { card, waiting } = shown;
	$("card").hidden = !card;
	$("no-card").hidden = !!card;
	if (!card) return;
	$("card").dataset.phase = card.phase;
	const isOwn = card.direction === "outbound";
	$("phase").textContent = say(card.phase === "ringing" && isOwn ? "phase.calling" : `phase.${card.phase}`);
	$("who").textContent = partyOf(card);
	$("number").textContent = [card.name ? card.display : "", card.queue ? say("byQueue", { queue: card.queue }) : ""]
		.filter(Boolean)
		.join(" · ");
	$("history").textContent = historyText(card.history);
	$("crm").textContent = say(`crm.${card.crm ?? "none"}`);
	const hasRecord = /^https?:\/\//.test(card.url ?? "");
	$("record").hidden = !hasRecord;
	if (hasRecord) $("record").href = card.url;
	$("waiting").replaceChildren(
		...waiting.map((each) => element("li", { textContent: say("waits", { who: partyOf(each) }) })),
	);
	$("again").hidden = !(card.phase === "ended" && card.dial);
	tick();
}

/** Only the clock of the call: a screen reader is not told each second. */
function tick() {
	const { card } = shown;
	const isTalking = card?.phase === "talking" && card.answeredAt;
	$("clock").textContent = isTalking ? clock((Date.now() - Date.parse(card.answeredAt)) / 1000) : "";
}

/** What came anew: said aloud, shown in the title and, where the page is not in view, as a notification. */
function cardChanged(before) {
	const { card } = shown;
	const isNew = card && card.key !== before?.key;
	if (isNew) changeNote(before);
	const rings = card?.phase === "ringing" && card.direction !== "outbound";
	document.title = rings ? `☎ ${partyOf(card)}` : shown.me?.name || say("title");
	if (rings && (isNew || card.name !== before?.name))
		$("announcement").textContent = say("rings", { who: partyOf(card) });
	if (rings && isNew) notify(card);
	const hasNewRecord = card?.url && (isNew || card.url !== before?.url);
	if (hasNewRecord && card.phase !== "ended" && $("auto-open").checked) openRecord(card.url);
}

function notify(card) {
	if (!document.hidden || globalThis.Notification?.permission !== "granted") return;
	try {
		// Two pages of one person make one notification.
		const notification = new Notification(say("phase.ringing"), { body: partyOf(card), tag: card.key });
		notification.onclick = () => window.focus();
	} catch {
		// Some phones allow it in service workers only.
	}
}

function openRecord(url) {
	if (!window.open(url, CRM_WINDOW)) $("announcement").textContent = say("blocked");
}

// ---- notes

function changeNote(before) {
	if (before && $("note").value.trim()) {
		// Another call has come while this was written: it goes to the call that it is about.
		void saveNote(before, $("note").value);
	}
	$("note").value = drafts.get(shown.card.key) ?? "";
	$("note-result").textContent = "";
}

async function saveNote(card, text) {
	drafts.set(card.key, text);
	const isOnDesk = () => shown.card?.key === card.key;
	if (isOnDesk()) $("note-result").textContent = say("saving");
	const { saved } = await post("notes", { key: card.key, text });
	if (saved) drafts.delete(card.key);
	if (isOnDesk()) {
		$("note-result").textContent = say(saved ? "saved" : "notSaved");
		if (saved && $("note").value === text) $("note").value = "";
	}
	showUnsaved();
}

function showUnsaved() {
	const others = [...drafts].filter(([key]) => key !== shown.card?.key);
	$("unsaved").replaceChildren(
		...others.map(([key, text]) => {
			const again = element("button", { type: "button", textContent: say("tryAgain") });
			again.onclick = () => saveNote({ key }, text);
			return element("li", {}, `${say("notSaved")} “${text}” `, again);
		}),
	);
}

// ---- calling

/** Asks the flow for something; the answer is `{error}` where it cannot be had. */
async function post(path, body) {
	try {
		const answer = await fetch(path, {
			method: "POST",
			headers: { "content-type": "application/json", "x-desk-token": TOKEN },
			body: JSON.stringify(body),
		});
		return await answer.json();
	} catch {
		return { error: say("offline") };
	}
}

async function dial(number) {
	$("dial-number").value = number;
	$("dial-result").textContent = say("pickUp", { number });
	$("dial-button").disabled = true;
	const { outcome, error } = await post("call", { number });
	$("dial-button").disabled = false;
	$("dial-result").textContent = error ?? say(`dial.${outcome}`, { number });
}

// ---- lists

function callRow(call, isMissed) {
	const facts = [when(call.at)];
	if (isMissed && call.misses > 1) facts.push(say("times", { n: call.misses }));
	if (call.back) facts.push(say("calledBack", { who: nameOf(call.back.by), when: when(call.back.at) }));
	if (!isMissed) {
		if (call.direction === "outbound") facts.push(say("outgoing"));
		facts.push(say(`outcome.${call.outcome}`));
		if (call.outcome === "answered") facts.push(clock(call.seconds));
		const others = call.answeredBy.filter((each) => each !== shown.me?.extension);
		if (others.length > 0) facts.push(others.map(nameOf).join(", "));
	}
	const who = element("span", { className: "who" }, element("b", { textContent: partyOf(call) }));
	if (call.name) who.append(" ", element("span", { className: "digits", textContent: call.display }));
	const row = element(
		"li",
		{ className: call.back ? "done" : "" },
		element("div", {}, who, element("small", { textContent: facts.join(" · ") })),
	);
	if (call.dial) {
		const text = say(isMissed ? "callBack" : "call");
		const button = element("button", { type: "button", textContent: text });
		button.dataset.key = `${isMissed ? "missed" : "call"} ${call.key}`;
		button.setAttribute("aria-label", `${text}: ${partyOf(call)}`);
		button.onclick = () => dial(call.dial);
		row.append(button);
	}
	return row;
}

/** Keeps the place of whoever works by keyboard. */
function fill(id, rows, none) {
	const focused = $(id).contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
	$(id).replaceChildren(...(rows.length > 0 ? rows : [element("li", { className: "none", textContent: say(none) })]));
	if (focused)
		$(id)
			.querySelector(`[data-key="${CSS.escape(focused)}"]`)
			?.focus();
}

function showLists() {
	fill(
		"missed",
		shown.missed.map((call) => callRow(call, true)),
		"nothingMissed",
	);
	const open = shown.missed.filter(({ back }) => !back).length;
	$("missed-count").textContent = open > 0 ? String(open) : "";
	fill(
		"calls",
		shown.calls.map((call) => callRow(call, false)),
		"noCalls",
	);
	const tiles = shown.board.map(({ extension, name, state }) => {
		const tile = element("li", {}, element("b", { textContent: name || extension }), ` ${extension} `);
		tile.dataset.state = state;
		tile.append(element("span", { className: "state", textContent: say(`state.${state}`) }));
		return tile;
	});
	fill("board", tiles, "noColleagues");
}

function showMe() {
	const { me } = shown;
	if (!me) return;
	$("me").textContent = `${me.name || me.extension} · ${me.extension}`;
	$("my-state").textContent = say(`state.${me.state}`);
	$("my-state").dataset.state = me.state;
	if (!shown.card) document.title = me.name || say("title");
}

// ---- the live channel

let live = null;
let isHeard = false;
let isGone = false;
let pause = 1_000;
const timers = [];

function showDeaf() {
	const isDeaf = !isHeard || shown.link !== "connected";
	const key = isGone ? "gone" : isHeard ? "pbxDeaf" : "offline";
	const text = isDeaf ? say(key) : "";
	if ($("deaf").textContent !== text) $("deaf").textContent = text;
	document.body.classList.toggle("is-deaf", isDeaf);
}

function told(message) {
	if (message.gone) {
		isGone = true;
		isHeard = false;
		showDeaf();
		live.close();
		return;
	}
	if (message.pong) {
		isHeard = true;
		pause = 1_000;
		clearTimeout(timers.pop());
	}
	const before = shown.card;
	for (const part of Object.keys(shown)) if (part in message) shown[part] = message[part];
	if ("me" in message) showMe();
	if ("card" in message) cardChanged(before);
	if ("card" in message || "waiting" in message) showCard();
	if (["missed", "calls", "board", "me"].some((part) => part in message)) showLists();
	if ("card" in message) showUnsaved();
	showDeaf();
}

function connect() {
	for (const timer of timers.splice(0)) clearTimeout(timer);
	if (isGone) return;
	const address = new URL("live", location.href);
	address.protocol = address.protocol.replace("http", "ws");
	const socket = new WebSocket(address);
	live = socket;
	const ping = () => {
		socket.send(JSON.stringify({ token: TOKEN }));
		clearTimeout(timers.pop());
		timers.push(setTimeout(() => socket.close(), PONG_MS));
	};
	const interval = setInterval(() => socket.readyState === WebSocket.OPEN && ping(), PING_MS);
	socket.onopen = ping;
	socket.onmessage = ({ data }) => told(JSON.parse(data));
	socket.onclose = () => {
		clearInterval(interval);
		if (live !== socket) return;
		isHeard = false;
		showDeaf();
		setTimeout(connect, pause);
		pause = Math.min(LONGEST_PAUSE_MS, pause * 1.5);
	};
}

// ---- buttons and links

$("dial").onsubmit = (event) => {
	event.preventDefault();
	void dial($("dial-number").value);
};
$("again").onclick = () => dial(shown.card.dial);
$("note-form").onsubmit = (event) => {
	event.preventDefault();
	const text = $("note").value.trim();
	if (shown.card && text) void saveNote(shown.card, text);
};
$("record").onclick = (event) => {
	event.preventDefault();
	openRecord($("record").href);
};
$("notify").hidden = globalThis.Notification?.permission !== "default";
$("notify").onclick = async () => {
	await Notification.requestPermission();
	$("notify").hidden = Notification.permission !== "default";
};
// Browsers offer both on https and on localhost only.
$("links").hidden = !navigator.registerProtocolHandler;
$("insecure").hidden = window.isSecureContext;
$("links").onclick = () => navigator.registerProtocolHandler("tel", `${location.origin}${location.pathname}?tel=%s`);
$("auto-open").checked = localStorage.getItem("desk-auto-open") === "yes";
$("auto-open").onchange = () => localStorage.setItem("desk-auto-open", $("auto-open").checked ? "yes" : "no");

// A phone number that was clicked somewhere is filled in; calling takes a click here, as any page can make such a link.
const clicked = new URLSearchParams(location.search).get("tel");
if (clicked !== null) {
	history.replaceState(null, "", location.pathname);
	$("dial-number").value = clicked.replace(/^tel:/i, "").split(";")[0];
	$("dial-result").textContent = say("clickToCall");
	$("dial-button").focus();
}

showLists();
showDeaf();
connect();
setInterval(tick, 1_000);
window.addEventListener("online", () => live?.readyState === WebSocket.CLOSED && connect());
