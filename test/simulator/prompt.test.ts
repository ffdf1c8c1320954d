import { describe, expect, it } from "vitest";
import type { Send } from "./lab.ts";
import { created, lab } from "./lab.ts";

const prompts = "/api/v2/architect/prompts";

/** A second of silence: PCM, 8000 Hz, one channel, 16 bits. */
function silence(seconds = 1): Buffer {
  const data = 16_000 * seconds;
  const wav = Buffer.alloc(44 + data);
  wav.write("RIFF", 0, "latin1");
  wav.writeUInt32LE(36 + data, 4);
  wav.write("WAVEfmt ", 8, "latin1");
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(8000, 24);
  wav.writeUInt32LE(16_000, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write("data", 36, "latin1");
  wav.writeUInt32LE(data, 40);
  return wav;
}

async function withResource(admin: Send): Promise<string> {
  const id = await created(admin, prompts, { name: "Welcome" });
  await created(admin, `${prompts}/${id}/resources`, { language: "en-us", ttsString: "Hello", text: "Hello" });
  return id;
}

describe("user prompts (genesys-api §3, §4.3)", () => {
  it.each([
    ["", "architect.prompt.validate.failed.missing.name"],
    ["___", "architect.prompt.validate.failed.name.no.alpha"],
    ["not ok", "architect.prompt.validate.failed.invalid.name"],
  ])("refuse the name %j", async (name, code) => {
    const admin = await lab().login("standby", "admin");
    expect((await admin("POST", prompts, { name })).body.code).toBe(code);
  });

  it("have one resource per language, of which some can be asked for", async () => {
    const admin = await lab().login("standby", "admin");
    const id = await withResource(admin);
    const resources = `${prompts}/${id}/resources`;
    const twin = await admin("POST", resources, { language: "en-us" });
    expect(twin.body.code).toBe("architect.prompt.resource.already.exists");
    const nowhere = await admin("POST", resources, { language: "?" });
    expect(nowhere.body.code).toBe("architect.prompt.resource.validate.failed.language");
    await created(admin, resources, { language: "de-de", ttsString: "Hallo" });
    const one = await admin("GET", `${prompts}/${id}?language=de-de`);
    expect(one.body.resources).toMatchObject([{ language: "de-de", ttsString: "Hallo", uploadStatus: "created" }]);
    expect((await admin("GET", `${prompts}?includeResources=false`)).body.entities[0]).not.toHaveProperty("resources");
    await admin("PUT", `${resources}/de-de`, { ttsString: "Guten Tag" });
    expect((await admin("GET", `${resources}/de-de`)).body).toMatchObject({ ttsString: "Guten Tag" });
    expect((await admin("DELETE", `${resources}/de-de`)).status).toBe(204);
    expect((await admin("GET", `${resources}/de-de`)).body.code).toBe("architect.prompt.resource.not.found");
  });
});

describe("audio of a prompt (genesys-api §4.3)", () => {
  it("is PUT to a presigned address, transcoded for a while, and then heard without a token", async () => {
    const { login, anyone, clock, simulator } = lab({ jobMs: 1000 });
    const admin = await login("standby", "admin");
    const id = await withResource(admin);
    const one = `${prompts}/${id}/resources/en-us`;
    const { url, headers } = (await admin("POST", `${one}/uploads`)).body as unknown as {
      url: string;
      headers: Record<string, string>;
    };
    const put = (sent: Record<string, string>) =>
      simulator.handle({ method: "PUT", url: new URL(url).pathname, headers: sent, body: silence() });
    expect((await put({})).status).toBe(403);
    expect((await put(headers)).status).toBe(200);
    const waiting = (await admin("GET", one)).body;
    expect([waiting.uploadStatus, waiting.mediaUri]).toEqual(["uploaded", undefined]);
    clock.pass(1000);
    const done = (await admin("GET", one)).body;
    const audioFormat = { channels: 1, bitsPerSample: 16, sampleRate: 8000, encoding: "PCM" };
    expect(done).toMatchObject({ uploadStatus: "transcoded", durationSeconds: 1, audioFormat });
    const heard = await simulator.handle({ method: "GET", url: new URL(String(done.mediaUri)).pathname, headers: {} });
    expect(heard.headers["Content-Type"]).toBe("audio/wav");
    expect(Buffer.from(heard.body as Uint8Array).equals(silence())).toBe(true);
    const bare = (await admin("GET", `${prompts}/${id}?includeMediaUris=false`)).body.resources as object[];
    expect(bare[0]).not.toHaveProperty("mediaUri");
    await admin("PUT", one, { ttsString: "Hi" });
    expect((await admin("GET", one)).body).toMatchObject({ ttsString: "Hi", uploadStatus: "transcoded" });
    expect((await anyone("POST", "/_sim/save")).status).toBe(200);
  });

  it("may be posted as a form with the token, as the official provider does", async () => {
    const admin = await lab().login("standby", "admin");
    const id = await withResource(admin);
    const one = `${prompts}/${id}/resources/en-us`;
    const form = (content: Buffer) =>
      Buffer.concat([
        Buffer.from('--b\r\nContent-Disposition: form-data; name="file"; filename="a.wav"\r\n\r\n'),
        content,
        Buffer.from("\r\n--b--\r\n"),
      ]);
    const path = new URL(String((await admin("GET", one)).body.uploadUri)).pathname;
    const type = { "content-type": "multipart/form-data; boundary=b" };
    expect((await admin("POST", path, form(silence()), type)).status).toBe(200);
    expect((await admin("GET", one)).body).toMatchObject({ uploadStatus: "transcoded", durationSeconds: 1 });
    expect((await admin("POST", path, "no form", type)).status).toBe(400);
    expect((await lab().anyone("POST", path, form(silence()), type)).status).toBe(401);
  });

  it("that is no audio fails, and audio goes without its resource", async () => {
    const { login, simulator } = lab();
    const admin = await login("standby", "admin");
    const id = await withResource(admin);
    const one = `${prompts}/${id}/resources/en-us`;
    const upload = async (body: string | Buffer) => {
      const { url, headers } = (await admin("POST", `${one}/uploads`)).body as unknown as {
        url: string;
        headers: Record<string, string>;
      };
      await simulator.handle({ method: "PUT", url: new URL(url).pathname, headers, body });
      return (await admin("GET", one)).body;
    };
    expect((await upload("not a sound")).uploadStatus).toBe("transcodeFailed");
    const { mediaUri } = await upload(silence());
    const hear = async () =>
      (await simulator.handle({ method: "GET", url: new URL(String(mediaUri)).pathname, headers: {} })).status;
    expect(await hear()).toBe(200);
    expect((await admin("DELETE", `${one}/audio`)).status).toBe(204);
    expect([(await admin("GET", one)).body.uploadStatus, await hear()]).toEqual(["created", 404]);
  });
});
