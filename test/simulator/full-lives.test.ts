import { expect, it } from "vitest";
import { companions, fullLives } from "./full-lives.ts";
import type { Body, Send } from "./lab.ts";
import { created, lab } from "./lab.ts";

function without(body: object, names: readonly string[] = []): object {
  return Object.fromEntries(Object.entries(body).filter(([name]) => !names.includes(name)));
}

const ready = (): Promise<Send> => lab().login("primary", "admin");

async function listed(admin: Send, path: string, id: string): Promise<Body | undefined> {
  const { entities } = (await admin("GET", path)).body;
  return entities.find((entity) => entity.id === id);
}

const lives = fullLives(await companions(await ready()));

it.each(lives.map(({ path }) => path))(
  "%s: what a body may hold is read back, listed, replaced and deleted",
  async (path) => {
    const admin = await ready();
    const life = fullLives(await companions(admin)).find((one) => one.path === path);
    if (life === undefined) throw new Error(`no life for ${path}`);
    const id = await created(admin, path, life.body);
    const body = without(life.body, [...(life.unread ?? []), ...(life.unheard ?? [])]);
    const one = `${path}/${id}`;
    const first = (await admin("GET", one)).body;
    expect(first).toMatchObject(body);
    expect(await listed(admin, path, id)).toMatchObject(without(body, life.unlisted));

    if (life.change !== undefined) {
      const { method, body: change, versioned } = life.change;
      const answer = await admin(method, one, versioned ? { ...change, version: first["version"] } : change);
      expect(answer.status).toBeOneOf([200, 202]);
      expect((await admin("GET", one)).body).toMatchObject(without(change, life.unread));
    }

    const removed = await admin("DELETE", one);
    expect(removed.status).toBeOneOf(life.removable === false ? [405] : [200, 204]);
    const left = await listed(admin, path, id);
    expect(left === undefined || left["state"] === "deleted").toBe(life.removable !== false);
  },
);
