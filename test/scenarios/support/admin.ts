import type { Entity, Login } from "./control.ts";

/** An administrator of a simulated organisation. */
export interface Admin {
  /** Sends a JSON request. @throws Error when it is refused */
  send(method: string, path: string, body?: unknown): Promise<Entity>;
  /** Creates an object and gives its id. */
  create(path: string, body: unknown): Promise<string>;
  /** The one object of a list that has this name. */
  named(list: string, name: string): Promise<Entity & { readonly id: string }>;
  /** Publishes flow YAML through a flow job; gives the flow's id. */
  publish(yaml: string): Promise<string>;
}

/** Logs in with client credentials. */
export async function administrator(baseUrl: string, { id, secret }: Login): Promise<Admin> {
  const login = await fetch(`${baseUrl}/oauth/token`, {
    method: "POST",
    headers: { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}` },
    body: new URLSearchParams({ grant_type: "client_credentials" }),
  });
  const { access_token: token } = (await login.json()) as { access_token: string };
  const send = async (method: string, path: string, body?: unknown): Promise<Entity> => {
    const answer = await fetch(baseUrl + path, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text === "" ? {} : (JSON.parse(text) as Entity);
  };
  return {
    send,
    create: async (path, body) => String((await send("POST", path, body))["id"]),
    named: async (list, name) => {
      const { entities } = (await send("GET", `${list}?pageSize=100`)) as { entities: (Entity & { id: string })[] };
      const found = entities.find((entity) => entity["name"] === name);
      if (found === undefined) throw new Error(`${list} has no ${name}`);
      return found;
    },
    publish: (yaml) => publish(send, yaml),
  };
}

async function publish(send: Admin["send"], yaml: string): Promise<string> {
  const job = (await send("POST", "/api/v2/flows/jobs")) as {
    id: string;
    presignedUrl: string;
    headers: Record<string, string>;
  };
  const upload = await fetch(job.presignedUrl, { method: "PUT", headers: job.headers, body: yaml });
  if (!upload.ok) throw new Error(`upload: ${upload.status}`);
  const ended = await send("GET", `/api/v2/flows/jobs/${job.id}?expand=messages`);
  if (ended["status"] !== "Success") throw new Error(JSON.stringify(ended["messages"]));
  return String((ended["flow"] as Entity)["id"]);
}
