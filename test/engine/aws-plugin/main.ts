import { makePlugin } from "./plugin.ts";
import { serve } from "./server.ts";

// The engine reads the port from the first line.
process.stdout.write(`${await serve(makePlugin(process.env["AWS_ENDPOINT_URL"]))}\n`);
