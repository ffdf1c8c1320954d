import type * as pulumi from "@pulumi/pulumi";

/** Type tokens of our components. */
export function componentType(name: string): string {
  return `lockstep:dns:${name}`;
}

/** Tags, as every component takes them. */
export interface Tags {
  readonly [name: string]: string;
}

/** What `parent: this` looks like, with more beside it. */
export function under(
  parent: pulumi.ComponentResource,
  more: pulumi.CustomResourceOptions = {},
): pulumi.CustomResourceOptions {
  return { parent, ...more };
}

/** An IAM or key policy document as text. */
export function policyDocument(statements: readonly object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

/** The trust policy of a role that one AWS service assumes. */
export function assumedBy(service: string): string {
  return policyDocument([{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }]);
}
