import { createRequire } from "node:module";
import type * as Grpc from "@grpc/grpc-js";
import { expect, it } from "vitest";

const grpc = createRequire(createRequire(import.meta.url).resolve("@pulumi/pulumi"))("@grpc/grpc-js") as typeof Grpc;

it("a client of an engine reaches it at a port where an earlier one has ended", async () => {
  const first = await serve(0);
  const earlier = client(first.port);
  expect(await answer(earlier)).toBe("here");
  first.server.forceShutdown();
  await expect.poll(() => answer(earlier)).toMatch(/UNAVAILABLE/);
  const second = await serve(first.port);
  const later = client(second.port);
  expect(await answer(later)).toBe("here");
  for (const one of [earlier, later]) one.close();
  second.server.forceShutdown();
});

const same = (bytes: Buffer): Buffer => bytes;
const SERVICE: Grpc.ServiceDefinition = {
  ask: {
    path: "/engine/ask",
    requestStream: false,
    responseStream: false,
    requestSerialize: same,
    requestDeserialize: same,
    responseSerialize: same,
    responseDeserialize: same,
  },
};
const Client = grpc.makeGenericClientConstructor(SERVICE, "engine");

async function serve(port: number): Promise<{ readonly server: Grpc.Server; readonly port: number }> {
  const server = new grpc.Server();
  const ask: Grpc.handleUnaryCall<Buffer, Buffer> = (_, done) => done(null, Buffer.from("here"));
  server.addService(SERVICE, { ask });
  const bound = await new Promise<number>((resolve, reject) => {
    server.bindAsync(`127.0.0.1:${port}`, grpc.ServerCredentials.createInsecure(), (error, at) =>
      error === null ? resolve(at) : reject(error),
    );
  });
  return { server, port: bound };
}

function client(port: number): Grpc.Client {
  return new Client(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
}

function answer(from: Grpc.Client): Promise<string> {
  return new Promise((resolve) => {
    from.makeUnaryRequest("/engine/ask", same, same, Buffer.from("?"), (error, value) =>
      resolve(error === null ? String(value) : error.message),
    );
  });
}
