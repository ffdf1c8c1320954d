import type { Login } from "./simulated.ts";

/** What is changed by hand: objects that are replaced as listed, with another description. */
const CHANGED = [
  { path: "/api/v2/routing/queues", pageSize: 500, objects: 100 },
  { path: "/api/v2/architect/ivrs", pageSize: 100, objects: 40 },
  { path: "/api/v2/architect/schedules", pageSize: 100, objects: 40 },
] as const;

/** Lets an administrator change many objects of an organisation by hand. */
export async function driftMuch(baseUrl: string, admin: Login): Promise<void> {
  const token = await login(baseUrl, admin);
  const send = async (path: string, init: RequestInit = {}): Promise<unknown> => {
    const answer = await fetch(`${baseUrl}${path}`, { ...init, headers: { Authorization: `Bearer ${token}` } });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
  for (const { path, pageSize, objects } of CHANGED) {
    const page = (await send(`${path}?pageSize=${pageSize}&sortBy=name`)) as { entities: { id: string }[] };
    for (const entity of page.entities.slice(0, objects)) {
      const body = JSON.stringify({ ...entity, description: "changed by hand" });
      await send(`${path}/${entity.id}`, { method: "PUT", body });
    }
  }
}

async function login(baseUrl: string, { id, secret }: Login): Promise<string> {
  const answer = await fetch(`${baseUrl}/oauth/token`, {
    method: "POST",
    headers: { Authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}` },
    body: new URLSearchParams({ grant_type: "client_credentials" }),
  });
  if (!answer.ok) throw new Error(`login: ${answer.status}`);
  return ((await answer.json()) as { access_token: string }).access_token;
}
