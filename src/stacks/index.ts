// What `pulumi up` runs (Pulumi.yaml, `main`): the engine calls the default export and takes its answer as the outputs.
export { program as default } from "./program.ts";
