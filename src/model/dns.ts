/** Which of the records with one name and type Route 53 takes; every record of such a group has the same policy. */
export type Routing =
  | { readonly policy: "simple" }
  | { readonly policy: "weighted"; readonly weight: number }
  | { readonly policy: "failover"; readonly role: "PRIMARY" | "SECONDARY" }
  /** Latency, geography, several values …: depends on who asks, so that no answer is predicted. */
  | { readonly policy: "other" };

/** What an alias record stands for. */
export interface Alias {
  readonly name: string;
  readonly zoneId: string;
  readonly evaluateTargetHealth: boolean;
}

/** A record set of a hosted zone. Names are in lower case and without a dot at the end. */
export interface DnsRecord {
  readonly name: string;
  readonly type: string;
  /** Tells records with one name and type apart; empty for a simple record. */
  readonly setIdentifier: string;
  readonly routing: Routing;
  /** An alias has none: it takes that of its target. */
  readonly ttl?: number;
  /** Empty for an alias. */
  readonly values: readonly string[];
  readonly alias?: Alias;
  readonly healthCheckId?: string;
}

/** What is measured for a health check, before it is inverted or overruled. `no-data`: too new, or its metric is silent. */
export type Measured = "healthy" | "unhealthy" | "no-data";

/** A health check of Route 53 and what it measures. */
export interface HealthCheck {
  readonly id: string;
  /** `endpoint`: HTTP, HTTPS or TCP; `metric`: a CloudWatch alarm's data; `calculated`: other checks; `switch`: a routing control. */
  readonly kind: "endpoint" | "metric" | "calculated" | "switch";
  readonly inverted: boolean;
  readonly disabled: boolean;
  /** Absent for a calculated check, which measures nothing itself, and where it could not be read. */
  readonly measured?: Measured;
  /** What a metric without data means. */
  readonly noData?: "healthy" | "unhealthy" | "last-known";
  /** What the metric said when it last had data; absent when it never had. */
  readonly lastKnown?: "healthy" | "unhealthy";
  /** Ids of the checks that a calculated check counts. */
  readonly children?: readonly string[];
  /** How many children must be healthy. */
  readonly threshold?: number;
}

/** The records of a hosted zone, and its id: an alias to this id leads to records of the zone itself. */
export interface Zone {
  readonly id: string;
  readonly records: readonly DnsRecord[];
}
