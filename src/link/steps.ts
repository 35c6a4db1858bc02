/** The steps of connecting, in their order: name looked up, TCP, WebSocket, prompt, login, first ticket (protocol 1, 2). */
export const PROBE_STEPS = ["resolve", "connect", "websocket", "prompt", "login", "ticket"] as const;

/** A step of connecting. */
export type ProbeStep = (typeof PROBE_STEPS)[number];
