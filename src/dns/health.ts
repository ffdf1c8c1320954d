import type { HealthCheck } from "../model/dns.ts";

/** Health checks by id. */
export type Checks = ReadonlyMap<string, HealthCheck>;

/**
 * What Route 53 considers the status of a health check to be (health-checks-creating-values.md,
 * dns-failover-determining-health-of-endpoints.md; UpdateHealthCheck, "Disabled" and "Inverted"). AWS promises nothing for a
 * record whose check was deleted (health-checks-updating-deleting-tasks.md); it counts as healthy here, as without a check.
 */
export function isHealthy(id: string, checks: Checks): boolean {
  const check = checks.get(id);
  return check === undefined || before(check, checks) !== check.inverted;
}

/** The status before it is inverted. A disabled check is healthy, and can still be inverted to stop traffic. */
function before(check: HealthCheck, checks: Checks): boolean {
  if (check.disabled) return true;
  if (check.kind === "calculated") return enoughChildren(check, checks);
  if (check.measured !== "no-data") return check.measured !== "unhealthy";
  return check.kind === "metric" ? withoutData(check) : true;
}

/** A threshold of 0 is always reached, one above the number of children never. */
function enoughChildren({ children = [], threshold = 0 }: HealthCheck, checks: Checks): boolean {
  return children.filter((child) => isHealthy(child, checks)).length >= threshold;
}

function withoutData({ noData = "last-known", lastKnown = "healthy" }: HealthCheck): boolean {
  return (noData === "last-known" ? lastKnown : noData) === "healthy";
}

/** Is everything known that the status of a check rests on? */
export function isKnown(id: string, checks: Checks): boolean {
  const check = checks.get(id);
  if (check === undefined) return false;
  if (check.disabled) return true;
  if (check.kind === "calculated") return (check.children ?? []).every((child) => isKnown(child, checks));
  return check.measured !== undefined && (check.kind !== "metric" || hasMeaning(check));
}

function hasMeaning({ measured, noData, lastKnown }: HealthCheck): boolean {
  return measured !== "no-data" || noData === "healthy" || noData === "unhealthy" || lastKnown !== undefined;
}
