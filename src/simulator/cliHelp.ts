import { COMMAND_HELP } from "./commands";

const HELP = {
	en: (loopback: string) => `Usage: pbx-simulator [options]

A simulated PBX2CRM server ("Meetip PRO") to develop and test against.

  --port PORT          port to listen on, 0 for any (9300)
  --host ADDRESS       address to listen on (${loopback}: this machine only)
  --tenant TENANT      tenant that clients log in with (227)
  --key-file FILE      file with the key that clients log in with; or the key in PBX_KEY in the environment.
                       Neither: nobody is asked. (--key KEY works as well, and others can read it there)
  --extensions LIST    extensions, separated by commas (11,12,13)
  --silent LIST        extensions that exist but never answer a state request
  --traffic SECONDS    a call comes in by itself about every so many seconds (0: none)
  --pro LINE           PRO events: send LINE, its placeholders filled in, at every state and direction;
                       "standard" is the line that the config node's form recommends
  --replay FILE        play a recording: JSON lines of this program (--json) or messages of pbx-in;
                       it begins when a client is there that hears some of it
  --speed FACTOR       play it so many times as fast (1)
  --json               print the frames as JSON lines, which is a recording
  --quiet              do not print the frames
  --version            the version
  --help               this text

Commands, one a line, while it runs:

${COMMAND_HELP}
replay FILE [FACTOR]          play a recording, so many times as fast
list                          the phones and the clients
help                          these commands
quit                          end (as Ctrl-C does)
`,
	es: (loopback: string) => `Uso: pbx-simulator [opciones]

Un servidor PBX2CRM simulado («Meetip PRO») con el que desarrollar y probar.

  --port PORT          puerto en el que escucha; 0, uno cualquiera (9300)
  --host ADDRESS       dirección en la que escucha (${loopback}: solo este equipo)
  --tenant TENANT      cliente con el que se identifican las conexiones (227)
  --key-file FILE      fichero con la clave con la que se identifican; o la clave en PBX_KEY, en el entorno.
                       Sin ninguna, no se pide. (--key KEY también vale, pero ahí otros pueden leerla)
  --extensions LIST    extensiones, separadas por comas (11,12,13)
  --silent LIST        extensiones que existen, pero nunca responden cuando se pregunta su estado
  --traffic SECONDS    entra una llamada por sí sola más o menos cada tantos segundos (0: ninguna)
  --pro LINE           eventos PRO: envía LINE, con sus marcadores rellenos, en cada estado y sentido;
                       "standard" es la línea que recomienda el formulario del nodo de configuración
  --replay FILE        reproduce una grabación: líneas JSON de este programa (--json) o mensajes de pbx-in;
                       empieza cuando hay un cliente que oye algo de ella
  --speed FACTOR       la reproduce tantas veces más rápido (1)
  --json               muestra las tramas como líneas JSON, que son una grabación
  --quiet              no muestra las tramas
  --version            la versión
  --help               este texto

Órdenes, una por línea, mientras está en marcha:

${COMMAND_HELP}
replay FILE [FACTOR]          reproduce una grabación, tantas veces más rápido
list                          los teléfonos y las conexiones
help                          estas órdenes
quit                          termina (como Ctrl-C)
`,
	pt: (loopback: string) => `Utilização: pbx-simulator [opções]

Um servidor PBX2CRM simulado («Meetip PRO») com o qual desenvolver e testar.

  --port PORT          porta em que escuta; 0, uma qualquer (9300)
  --host ADDRESS       endereço em que escuta (${loopback}: só este computador)
  --tenant TENANT      cliente com que as ligações se identificam (227)
  --key-file FILE      ficheiro com a chave com que se identificam; ou a chave em PBX_KEY, no ambiente.
                       Sem nenhuma, não é pedida. (--key KEY também serve, mas aí outros podem lê-la)
  --extensions LIST    extensões, separadas por vírgulas (11,12,13)
  --silent LIST        extensões que existem, mas nunca respondem quando se pergunta o seu estado
  --traffic SECONDS    entra uma chamada por si só mais ou menos a cada tantos segundos (0: nenhuma)
  --pro LINE           eventos PRO: envia LINE, com os marcadores preenchidos, em cada estado e sentido;
                       "standard" é a linha que o formulário do nó de configuração recomenda
  --replay FILE        reproduz uma gravação: linhas JSON deste programa (--json) ou mensagens de pbx-in;
                       começa quando há um cliente que ouve algo dela
  --speed FACTOR       reproduz tantas vezes mais depressa (1)
  --json               mostra as tramas como linhas JSON, que são uma gravação
  --quiet              não mostra as tramas
  --version            a versão
  --help               este texto

Comandos, um por linha, enquanto está a correr:

${COMMAND_HELP}
replay FILE [FACTOR]          reproduz uma gravação, tantas vezes mais depressa
list                          os telefones e as ligações
help                          estes comandos
quit                          termina (como Ctrl-C)
`,
} as const;

/** A language of `pbx-simulator --help`. */
export type HelpLanguage = keyof typeof HELP;
export const HELP_LANGUAGES = Object.keys(HELP) as HelpLanguage[];

/** The language that the environment asks for, by POSIX's order of its variables; English where that is none of ours. */
export function languageOf(env: NodeJS.ProcessEnv): HelpLanguage {
	const asked = env.LC_ALL || env.LC_MESSAGES || env.LANG || "";
	return HELP_LANGUAGES.find((language) => new RegExp(`^${language}(?![a-z])`, "i").test(asked)) ?? "en";
}

/** What `--help` prints. COMMAND_HELP is English: commands are what tests and traces are written in. */
export function helpIn(language: HelpLanguage, loopback: string): string {
	return HELP[language](loopback);
}
