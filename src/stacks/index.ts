// What `pulumi up` runs (Pulumi.yaml, `main`): the engine calls the default export and takes its answer as the outputs.
export { program as default } from "./program.ts";

// The language host formats the stack of every promise by source maps, which takes a fifth of the time of a large program. Ours
// is compiled without them, so that Node's own format tells as much.
Reflect.deleteProperty(Error, "prepareStackTrace");
