import { languageOf } from "../migrate";

/** Countries by their time zones; a browser's language says less: many people have an English one. */
const ZONES: Readonly<Record<string, string>> = {
	...{ "Europe/Madrid": "ES", "Atlantic/Canary": "ES", "Africa/Ceuta": "ES", "Europe/Andorra": "AD" },
	...{ "Europe/Lisbon": "PT", "Atlantic/Madeira": "PT", "Atlantic/Azores": "PT" },
	...{ "Europe/Paris": "FR", "Europe/Rome": "IT", "Europe/London": "GB", "Europe/Dublin": "IE", "Europe/Berlin": "DE" },
	...{ "Europe/Vienna": "AT", "Europe/Zurich": "CH", "Europe/Brussels": "BE", "Europe/Amsterdam": "NL" },
	...{ "Europe/Luxembourg": "LU", "Africa/Casablanca": "MA", "America/Sao_Paulo": "BR", "America/Mexico_City": "MX" },
	...{ "America/Argentina/Buenos_Aires": "AR", "America/Buenos_Aires": "AR", "America/Santiago": "CL" },
	...{ "America/Bogota": "CO", "America/Lima": "PE" },
};
/** Where most people speak a language that names no country. */
const LANGUAGES: Readonly<Record<string, string>> = { pt: "PT", fr: "FR", it: "IT", de: "DE", nl: "NL" };

/** Where a new PBX most likely stands. */
export interface Home {
	readonly country: string;
	/** Of the texts in messages. */
	readonly language: string;
	/** Empty where the browser names none. */
	readonly timeZone: string;
}

/**
 * Where somebody is, as far as the browser knows.
 *
 * @param zone    its time zone
 * @param locale  its language: `pt-PT`, `es`; some browsers add to it (`en-US@posix`)
 */
export function homeOf(zone: string, locale: string): Home {
	const [, language = "", region] = /^([a-z]{2,3})(?:-[A-Za-z]{4})?(?:-([A-Z]{2}))?/.exec(locale) ?? [];
	const country = ZONES[zone] ?? region ?? LANGUAGES[language] ?? "ES";
	const isPlace = zone.includes("/") && !zone.startsWith("Etc/");
	return { country, language: languageOf(country), timeZone: isPlace ? zone : "" };
}

/** Where this browser is. */
export function home(): Home {
	return homeOf(Intl.DateTimeFormat().resolvedOptions().timeZone ?? "", navigator.language);
}
