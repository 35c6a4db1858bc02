// Settings of the demo's Node-RED: its own user directory, this machine only.
module.exports = {
	uiPort: Number(process.env.PORT),
	uiHost: "127.0.0.1",
	flowFile: "flows.json",
	// The demo's credentials hold nothing but the names of environment variables.
	credentialSecret: false,
	telemetry: { enabled: false, updateNotification: false },
	editorTheme: { tours: false },
	logging: { console: { level: process.env.LOG_LEVEL || "warn", metrics: false, audit: false } },
};
