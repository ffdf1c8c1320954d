import type { Admin } from "../../scenarios/support/admin.ts";

/** One queue stands for ten objects: what it refers to, and what callers' time is made of. */
const PER_QUEUE = 10;

/** Fills an empty organisation with so many objects; a queue refers to three codes, a group to a schedule. */
export async function fillOrg(admin: Admin, objects: number): Promise<void> {
  for (let queue = 0; queue < objects / PER_QUEUE; queue += 1) await fillTen(admin, String(queue).padStart(4, "0"));
}

async function fillTen(admin: Admin, name: string): Promise<void> {
  for (const skill of ["A", "B", "C"]) await admin.create("/api/v2/routing/skills", { name: `Skill ${name} ${skill}` });
  const division = await admin.create("/api/v2/authorization/divisions", { name: `Division ${name}`, description: "" });
  const codes: string[] = [];
  for (const code of ["A", "B", "C"]) {
    const body = { name: `Code ${name} ${code}`, division: { id: division } };
    codes.push(await admin.create("/api/v2/routing/wrapupcodes", body));
  }
  const queue = await admin.create("/api/v2/routing/queues", { name: `Queue ${name}`, division: { id: division } });
  const refer = codes.map((id) => ({ id }));
  await admin.send("POST", `/api/v2/routing/queues/${queue}/wrapupcodes`, refer);
  const schedule = await admin.create("/api/v2/architect/schedules", {
    name: `Schedule ${name}`,
    start: "2026-01-05T08:00:00.000",
    end: "2026-01-05T18:00:00.000",
    rrule: "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
  });
  const group = { name: `Hours ${name}`, timeZone: "America/New_York", openSchedules: [{ id: schedule }] };
  await admin.create("/api/v2/architect/schedulegroups", group);
}
