import type { CapturedFrame } from "./capture";
import type { Refusal } from "./session";
import type { WireChange } from "./wire";

/** What a simulator can be told to do. */
export type Command =
	/** `extension` can be several, with commas between: one call rings them all. */
	| { readonly command: "ring"; readonly extension: string; readonly number: string; readonly queue?: string }
	| { readonly command: "answer" | "hangup"; readonly extension: string }
	/** One phone after the other rings for so many seconds each, in so many rounds. */
	| {
			readonly command: "queue";
			readonly extension: string;
			readonly number: string;
			readonly seconds: number;
			readonly rounds: number;
			readonly queue?: string;
	  }
	/** The ringing phone rejects the call, and is rung again after so many seconds while others ring; 0 is never. */
	| { readonly command: "reject"; readonly extension: string; readonly seconds: number }
	/** The answered call goes on to another phone; or that one is called first. */
	| { readonly command: "transfer" | "consult"; readonly extension: string; readonly to: string }
	/** The call that is held is handed over to the phone that was called. */
	| { readonly command: "handover"; readonly extension: string }
	/** The call that rings at one phone is picked up at another. */
	| { readonly command: "pickup"; readonly extension: string; readonly from: string }
	/** Calls go on to another phone; `to` is null for no longer. */
	| { readonly command: "forward"; readonly extension: string; readonly to: string | null }
	/** The phone is said to be in a state by any word, one that nobody knows too. */
	| { readonly command: "word"; readonly extension: string; readonly text: string }
	/** How that is put on the wire which nobody has seen of the real PBX. */
	| ({ readonly command: "wire" } & WireChange)
	| {
			readonly command: "miss";
			readonly extension: string;
			readonly number: string;
			readonly seconds: number;
			readonly queue?: string;
	  }
	/** Sends any text to the clients of an extension: a ticket, several, or a PRO line. */
	| { readonly command: "send"; readonly extension: string; readonly text: string }
	| { readonly command: "refuse"; readonly how: Refusal | "nobody" }
	| { readonly command: "forget" | "drop" }
	| { readonly command: "mute"; readonly on: boolean }
	| { readonly command: "traffic"; readonly seconds: number }
	/** Plays a recording again, `speed` times as fast as it was; an empty one ends what is played. */
	| { readonly command: "replay"; readonly frames: readonly CapturedFrame[]; readonly speed: number };

/** The commands as lines, for people. */
export const COMMAND_HELP = `ring EXTENSION NUMBER@QUEUE   a call comes in, and waits where the phone is busy; without a NUMBER it is
                              withheld; a QUEUE stands in PRO lines; 11,12,13 rings several phones
answer EXTENSION              the ringing phone is picked up
hangup EXTENSION              the call ends
queue EXTENSIONS NUMBER@QUEUE [SEC [ROUNDS]]   11,12,13 ring one after the other, SEC seconds each (15)
reject EXTENSION [SEC]        the ringing phone rejects the call; it rings again after SEC seconds (2; 0: never)
transfer EXTENSION TO         the answered call goes on to another phone
consult EXTENSION TO          the answered call is held, and another phone called
handover EXTENSION            the held call goes on to the phone that was called
pickup EXTENSION FROM         the call that rings at FROM is picked up
forward EXTENSION TO|off      calls go on to another phone from now on
word EXTENSION WORD           the phone is said to be in a state, by any word
wire WHAT HOW                 what nobody has seen of the real PBX: transactions same|each, ends always|last,
                              pickup before|after|never, handover named|unnamed
miss EXTENSION NUMBER [SEC]   a call comes in and gives up after SEC seconds (3)
send EXTENSION TEXT           send any text to the extension's clients: tickets, a PRO line
refuse prompt|close|silent|nobody   refuse every login from now on, in that way; nobody: let them in again
forget                        forget the known addresses: the next login needs the key
mute on|off                   take connections and say nothing
drop                          cut all connections
traffic SEC                   a call by itself about every SEC seconds; 0 for none`;
