// The adapters of the package's API: `openApp(file, nodePorts(signal), { tool })` gives what the use cases take.
export { nodePorts } from "./node-ports.ts";
export { openApp, type AppOptions, type ProcessPorts } from "./open-app.ts";
