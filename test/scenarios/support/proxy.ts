import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/** Changes an answer on its way; undefined leaves it as it is. */
export type Tamper = (request: { readonly method: string; readonly url: URL }, body: unknown) => unknown;

/** A proxy in front of a simulator, until the test has ended; gives its base URL. */
export async function tamperingProxy(baseUrl: string, tamper: Tamper): Promise<string> {
  const server = createServer((request, response) => {
    void forward(request).then(({ status, headers, text }) => {
      const url = new URL(request.url ?? "/", baseUrl);
      const changed = /^[[{]/.test(text) ? tamper({ method: request.method ?? "", url }, JSON.parse(text)) : undefined;
      response.writeHead(status, headers);
      response.end(changed === undefined ? text : JSON.stringify(changed));
    });
  });
  const forward = async (
    request: IncomingMessage,
  ): Promise<{ status: number; headers: { [name: string]: string }; text: string }> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const { authorization = "", "content-type": type = "application/json" } = request.headers;
    const answer = await fetch(new URL(request.url ?? "/", baseUrl), {
      method: request.method ?? "GET",
      headers: { authorization, "content-type": type },
      ...(body.length === 0 ? {} : { body }),
    });
    const headers = { "content-type": answer.headers.get("content-type") ?? "application/json" };
    // Addresses in answers are those of the host that was asked, which is the proxy here.
    const own = `http://${request.headers.host ?? ""}`;
    return { status: answer.status, headers, text: (await answer.text()).replaceAll(new URL(baseUrl).origin, own) };
  };
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
