import type { Plan } from "./plan.ts";
import { cycle } from "./random.ts";
import type { SeedObject, SeedStep, Target } from "./types.ts";
import { ref, to } from "./types.ts";

/** A creation by POST. */
export const post = (
  kind: string,
  name: string,
  path: string,
  body?: SeedObject | readonly SeedObject[],
  at?: readonly Target[],
): SeedStep => ({
  kind,
  name,
  method: "POST",
  path,
  ...(body === undefined ? {} : { body }),
  ...(at === undefined ? {} : { at }),
});

/** A division reference; the home division is `@home`, because its name differs from organisation to organisation. */
export const inDivision = (plan: Plan, name: string): SeedObject => to("division", name === plan.home ? "@home" : name);

/** The division at a position, the home division first; the last one is left to very few objects. */
export const divisionAt = (plan: Plan, index: number): SeedObject =>
  inDivision(plan, cycle([plan.home, ...plan.divisions.slice(0, -1)], index));

/** Home gets its name here; it exists already and cannot be created (genesys-api §4.2). */
export function divisionSteps(plan: Plan): readonly SeedStep[] {
  const home: SeedStep = {
    kind: "division",
    name: "@home",
    method: "PUT",
    path: "/api/v2/authorization/divisions/{0}",
    at: [["division", "@home"]],
    body: { name: plan.home, description: "Everything that belongs to nobody in particular" },
  };
  const own = plan.divisions.map((name) =>
    post("division", name, "/api/v2/authorization/divisions", { name, description: `${name} of ${plan.company}` }),
  );
  return [home, ...own];
}

/** Skills take the id of their division in the body; the definition has no such property, the SDK has (genesys-api §3). */
export const skillSteps = (plan: Plan): readonly SeedStep[] =>
  plan.skills.map((name) => post("skill", name, "/api/v2/routing/skills", { name }));

export const languageSteps = (plan: Plan): readonly SeedStep[] =>
  plan.languages.map((name) => post("language", name, "/api/v2/routing/languages", { name }));

export const wrapUpCodeSteps = (plan: Plan): readonly SeedStep[] =>
  plan.wrapUpCodes.map((name, index) =>
    post("wrap-up-code", name, "/api/v2/routing/wrapupcodes", {
      name,
      division: index % 5 === 4 ? { id: "*" } : divisionAt(plan, index % 3),
      description: index % 2 === 0 ? `Ends a conversation as: ${name.toLowerCase()}` : "",
    }),
  );

/** Users come with an e-mail address, the key by which both organisations know them. */
export const userSteps = (plan: Plan): readonly SeedStep[] =>
  plan.people.map(({ name, email }, index) =>
    post("user", email, "/api/v2/users", {
      name,
      email,
      department: cycle(plan.lines, index),
      title: index % 12 === 0 ? "Team Leader" : "Advisor",
      divisionId: ref("division", cycle(["@home", ...plan.divisions], index)),
    }),
  );

/** Locations are where sites stand; the first one has every writable property. */
export const locationSteps = (plan: Plan): readonly SeedStep[] =>
  plan.locations.map((name, index) => {
    const place = {
      city: name,
      country: "GB",
      countryName: "United Kingdom",
      state: "England",
      zipcode: `XX${String(index + 1)} 1AA`,
    };
    return post("location", name, "/api/v2/locations", {
      name,
      ...(index === 0 ? { notes: "Head office; deliveries at the back" } : {}),
      emergencyNumber: { e164: "+442079460999", number: "+442079460999", type: "default" },
      address: {
        ...place,
        street1: `${String(10 + index)} Orchard Way`,
        ...(index === 0 ? { street2: "Third floor" } : {}),
      },
      ...(index === 0 ? { state: "active", contactUser: ref("user", plan.people[0]?.email ?? "") } : {}),
    });
  });
