import type { App } from "../model/app.ts";
import type { Dns, DnsName } from "../model/config.ts";
import type { FindingCode } from "../model/catalogue/codes.ts";
import { coordinateOf } from "../model/coordinate.ts";
import { defined } from "../model/defined.ts";
import { LockstepError } from "../model/error.ts";
import type { NameService } from "../model/ports.ts";
import type { DriftReport, ReportedObject } from "../model/report.ts";
import type { Finding } from "../model/snapshot.ts";
import { desiredObject } from "../dns/failover-name.ts";
import { readNames } from "../dns/read-names.ts";
import { nameState, type NameState } from "../dns/report.ts";
import { objectEdits, wholeObject } from "../drift/edits.ts";
import { failoverName } from "../kinds/failover-name.ts";

/**
 * The report with the names of `dns` in it, as Route 53 has them now. Where Route 53 cannot be read a finding says so: the
 * organisations are compared all the same. Without `dns` in the configuration nothing is read.
 * @throws LockstepError `interrupted`
 */
export async function withFailoverNames(
  { workspace, nameService }: Pick<App, "workspace" | "nameService">,
  report: DriftReport,
): Promise<DriftReport> {
  const { dns } = workspace.config;
  if (dns === undefined || dns.names.length === 0) return report;
  const { reported, findings } = await compareNames(await nameService(), dns);
  return { ...report, reported, findings: [...report.findings, ...findings] };
}

/** What is reported of the names, and what could not be found out about them. */
interface NamesReport {
  readonly reported: readonly ReportedObject[];
  readonly findings: readonly Finding[];
}

async function compareNames(service: NameService, dns: Dns): Promise<NamesReport> {
  try {
    const read = await readNames(service, dns);
    const reported = dns.names.map((name) => reportedName(nameState(read, name)));
    return { reported, findings: read.unread === undefined ? [] : [finding("dns-health-unreadable", read.unread)] };
  } catch (error) {
    if (!(error instanceof LockstepError) || error.code === "interrupted") throw error;
    const isMissing = error.code === "dns-zone-missing";
    return { reported: isMissing ? dns.names.map(missingName) : [], findings: [finding(error.code, error)] };
  }
}

function finding(code: FindingCode, { message, hint, place }: LockstepError): Finding {
  return { code, coordinate: "", message: `${message}. ${hint}`, ...defined({ path: place.path }) };
}

function missingName(name: DnsName): ReportedObject {
  return reportedName({ desired: desiredObject(name) });
}

function reportedName({ desired, actual, answers }: NameState): ReportedObject {
  const coordinate = coordinateOf(failoverName.name, failoverName.key(desired));
  if (actual === undefined) return { coordinate, action: "create", edits: wholeObject(failoverName, desired, "after") };
  const edits = objectEdits(failoverName, actual, desired);
  const action = edits.length === 0 ? "none" : "update";
  return { coordinate, action, edits, ...defined({ answers }) };
}
