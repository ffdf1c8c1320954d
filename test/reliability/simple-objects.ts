import { publish } from "../conformance/companions.ts";
import { rawState, type Body, type Office } from "../conformance/office.ts";

const TELEPHONY = "/api/v2/telephony/providers/edges";
const DOMAINS = "/api/v2/routing/email/domains";

/** A flow that needs nothing. */
function shortFlow(type: string, name: string): string {
  const start = `  startUpRef: /${type}/tasks/task[answer]\n  tasks:\n    - task:\n        name: Answer\n        refId: answer\n        actions:\n          - disconnect:\n              name: End\n`;
  return `${type}:\n  name: ${name}\n${start}`;
}

/**
 * Adds to the primary what lets the kinds at the end of every chain of references stand on little: flows that need nothing,
 * and two of each such kind that use them.
 */
export async function addSimpleObjects(office: Office): Promise<void> {
  const admin = office.admin.primary;
  const create = async (path: string, body: unknown): Promise<string> =>
    String((await admin("POST", path, body))["id"]);
  const find = async (end: string, name: string): Promise<string> => {
    const state = Object.entries(await rawState(office, "primary"));
    const found = state.find(
      ([path, entity]) => path.slice(0, path.lastIndexOf("/")).endsWith(end) && entity["name"] === name,
    );
    if (found === undefined) throw new Error(`no ${end} ${name}`);
    return found[0].slice(found[0].lastIndexOf("/") + 1);
  };
  await publish(office, shortFlow("inboundCall", "Short line"));
  await publish(office, shortFlow("inboundShortMessage", "Short chat"));
  const line = { id: await find("/flows", "Short line") };
  const chat = { id: await find("/flows", "Short chat") };
  const range = { startPhoneNumber: "+442079990100", endPhoneNumber: "+442079990199" };
  await create(`${TELEPHONY}/didpools`, { name: "Short numbers", ...range, provider: "PURE_CLOUD" });
  const [domain] = Object.keys(await rawState(office, "primary")).filter((path) => path.startsWith(`${DOMAINS}/`));
  for (const nth of ["1", "2"]) {
    const ivr = { name: `Short call route ${nth}`, dnis: [`+44207999010${nth}`], openHoursFlow: line };
    const id = await create("/api/v2/architect/ivrs", ivr);
    const emergencyCallFlows = [{ emergencyFlow: line, ivrs: [{ id }] }];
    const group = { name: `Short emergency ${nth}`, enabled: false, emergencyCallFlows };
    await create("/api/v2/architect/emergencygroups", group);
    const configuration = { name: `Short configuration ${nth}`, languages: ["en-us"], defaultLanguage: "en-us" };
    const made: Body = await admin("POST", "/api/v2/webdeployments/configurations", configuration);
    const draft = `/api/v2/webdeployments/configurations/${String(made["id"])}/versions/draft/publish`;
    const { version } = await admin("POST", draft);
    const deployment = { configuration: { id: made["id"], version }, flow: chat, allowAllDomains: true };
    await create("/api/v2/webdeployments/deployments", { name: `Short deployment ${nth}`, ...deployment });
    await create(`${domain?.split("/").slice(0, 7).join("/") ?? ""}/routes`, {
      pattern: `short${nth}`,
      fromName: "Short",
    });
  }
}
