import { describe, expect, it } from "vitest";
import { created, lab } from "./lab.ts";

const pools = "/api/v2/telephony/providers/edges/extensionpools";
const libraries = "/api/v2/responsemanagement/libraries";

describe("extension pools (genesys-api §5.5)", () => {
  it.each([
    ["12", "19", 400],
    ["1234567890", "1234567899", 400],
    ["1000", "199", 400],
    ["2000", "1000", 400],
    ["1050", "1060", 409],
    ["100", "199", 200],
  ])("%s to %s beside 1000 to 1099: %i", async (startNumber, endNumber, status) => {
    const admin = await lab().login("standby", "admin");
    await created(admin, pools, { name: "Desks", startNumber: "1000", endNumber: "1099" });
    expect((await admin("POST", pools, { name: "More", startNumber, endNumber })).status).toBe(status);
  });

  it("stay while an extension is assigned, and are listed as deleted afterwards (§1.5)", async () => {
    const admin = await lab().login("standby", "admin");
    const id = await created(admin, pools, { startNumber: "1000", endNumber: "1099", description: "Desks" });
    const division = (await admin("GET", "/api/v2/authorization/divisions/home")).body.id;
    const addresses = [{ extension: "1005", mediaType: "PHONE", type: "WORK" }];
    const user = await created(admin, "/api/v2/users", {
      name: "Ann",
      email: "a@b.example",
      divisionId: division,
      addresses,
    });
    const refused = await admin("DELETE", `${pools}/${id}`);
    expect([refused.status, refused.body.code]).toEqual([409, "general.conflict"]);
    await admin("DELETE", `/api/v2/users/${user}`);
    expect((await admin("DELETE", `${pools}/${id}`)).status).toBe(200);
    expect((await admin("GET", pools)).body.entities).toMatchObject([{ id, state: "deleted", description: "Desks" }]);
    expect((await admin("DELETE", `${pools}/${id}`)).body.code).toBe("general.resource.not.found");
    expect((await admin("POST", pools, { startNumber: "1000", endNumber: "1099" })).status).toBe(200);
  });

  it("need the current version, and permissions of their own (§2)", async () => {
    const { login } = lab();
    const admin = await login("primary", "admin");
    const body = { startNumber: "1000", endNumber: "1099" };
    const id = await created(admin, pools, body);
    expect((await admin("PUT", `${pools}/${id}`, { ...body, version: 1, endNumber: "1199" })).status).toBe(200);
    expect((await admin("PUT", `${pools}/${id}`, { ...body, version: 1 })).status).toBe(409);
    const reader = await login("primary", "client");
    expect((await reader("GET", `${pools}/${id}`)).body).toMatchObject({ name: "1000", endNumber: "1199", version: 2 });
    expect((await reader("POST", pools, body)).body.code).toBe("missing.permissions");
  });
});

describe("response libraries (definition Library)", () => {
  it("change their name only, and only from the most recent version", async () => {
    const admin = await lab().login("standby", "admin");
    const id = await created(admin, libraries, { name: "Answers", responseType: "Footer" });
    const changed = await admin("PUT", `${libraries}/${id}`, { name: "Replies", responseType: "Form", version: 1 });
    expect(changed.body).toMatchObject({ name: "Replies", responseType: "Footer", version: 2 });
    expect((await admin("PUT", `${libraries}/${id}`, { name: "Late", version: 1 })).status).toBe(409);
    expect((await admin("PUT", `${libraries}/${id}`, { name: "Unsaid" })).status).toBe(400);
    expect((await admin("GET", `${libraries}?libraryPrefix=rep`)).body.entities).toMatchObject([{ id }]);
    expect((await admin("GET", `${libraries}/none`)).body.code).toBe("rms.library.not.found");
  });

  it("move between divisions by a call of their own (genesys-api §4.2)", async () => {
    const admin = await lab().login("standby", "admin");
    const north = await created(admin, "/api/v2/authorization/divisions", { name: "North", description: "" });
    const id = await created(admin, libraries, { name: "Answers" });
    await admin("PUT", `${libraries}/${id}`, { name: "Answers", version: 1, division: { id: north } });
    const divisionOf = async () => ((await admin("GET", `${libraries}/${id}`)).body.division as { id: string }).id;
    expect(await divisionOf()).not.toBe(north);
    await admin("POST", `/api/v2/authorization/divisions/${north}/objects/LIBRARY`, [id]);
    expect(await divisionOf()).toBe(north);
  });
});
