// The rules as plain functions: what a resource is goes in, what is wrong with it comes out. Plain CommonJS, because the
// engine loads a policy pack with `require`.
"use strict";

const RECORD = "aws:route53/record:Record";
const ALARMS = ["aws:cloudwatch/metricAlarm:MetricAlarm", "aws:cloudwatch/compositeAlarm:CompositeAlarm"];
const FAILOVER_NAME = "lockstep:dns:FailoverName";

/** Seconds that an answer may be remembered, by purpose of the name. */
const TTL_BOUND = { digital: 30, voice: 60, carrier: 300 };

/** For a name whose purpose nobody told. */
const UNKNOWN_PURPOSE = "voice";

/** What must not be deleted by a slip. */
const PROTECTED = ["aws:route53/zone:Zone", "aws:dynamodb/table:Table", "aws:secretsmanager/secret:Secret"];

/** Names of fields that hold a secret itself; `secretArn` or `tokenCount` hold none. */
const SECRET_NAME = /(password|passwd|passphrase|secret|secret_?string|token|api_?key|private_?key)$/i;

/** What may stand in such a field: where the secret is found. */
const REFERENCE = /^(env:|file:|arn:)/;

/**
 * @typedef {{ type: string, name: string, urn: string, props: Record<string, any>, opts?: { protect?: boolean }, parent?: { type: string, props: Record<string, any> } }} Resource
 */

/** @param {Resource} resource @returns {boolean} Is it one of several records between which Route 53 chooses by health? */
function failsOver({ type, props }) {
  return type === RECORD && (filled(props.failoverRoutingPolicies) || filled(props.weightedRoutingPolicies));
}

function filled(list) {
  return Array.isArray(list) && list.length > 0;
}

/**
 * TTL by purpose. The purpose is told by the component that the record belongs to, or by the pack's configuration.
 * @param {Resource} resource
 * @param {Record<string, string>} purposes purpose by name of the record, for records of other programs
 * @returns {string | undefined} what is wrong
 */
function ttlProblem(resource, purposes = {}) {
  const { props, parent } = resource;
  if (!failsOver(resource) || filled(props.aliases)) return undefined;
  const told = purposes[props.name] ?? (parent?.type === FAILOVER_NAME ? parent.props.purpose : undefined);
  const purpose = Object.hasOwn(TTL_BOUND, told ?? "") ? told : UNKNOWN_PURPOSE;
  if (props.ttl <= TTL_BOUND[purpose]) return undefined;
  return `${props.name} may be remembered for ${props.ttl} s; ${purpose} names for ${TTL_BOUND[purpose]} s at most.`;
}

/** A record that is answered while all is well needs a health check, or nothing ever moves. @param {Resource} resource */
function healthCheckProblem(resource) {
  const { props } = resource;
  if (!failsOver(resource) || !answersFirst(props)) return undefined;
  const follows = filled(props.aliases) && props.aliases.every((alias) => alias.evaluateTargetHealth === true);
  if (follows || given(props, "healthCheckId")) return undefined;
  return `${props.name} (${props.setIdentifier}) has no health check: Route 53 always takes it for healthy.`;
}

function answersFirst(props) {
  if (filled(props.failoverRoutingPolicies)) return props.failoverRoutingPolicies[0].type === "PRIMARY";
  return props.weightedRoutingPolicies[0].weight > 0;
}

/** @param {Resource} resource */
function protectionProblem({ type, name, opts }) {
  if (!PROTECTED.includes(type) || opts?.protect === true) return undefined;
  return `${name} is not protected: a destroy would delete it.`;
}

/** @param {Resource} resource */
function alarmProblem({ type, name, props }) {
  if (!ALARMS.includes(type)) return undefined;
  if (props.actionsEnabled === false) return `The actions of alarm ${name} are switched off.`;
  return filled(props.alarmActions) ? undefined : `Alarm ${name} tells nobody: it has no action.`;
}

/**
 * Places of secrets in the clear, at any depth, also inside JSON texts. A policy sees what was marked as secret without
 * its mark: such a value is found too, and belongs outside of the program as well.
 * @param {Resource} resource
 * @returns {string[]} one line for each place; never the value
 */
function plainSecretProblems({ name, props }) {
  return plainSecrets(props, []).map((path) => `${name} holds a secret in the clear at ${path}.`);
}

function plainSecrets(value, path) {
  if (typeof value === "object" && value !== null)
    return Object.keys(value).flatMap((key) => plainSecrets(known(value, key), [...path, key]));
  if (typeof value !== "string" || value === "") return [];
  const inner = parsed(value);
  if (inner !== undefined) return plainSecrets(inner, path);
  return SECRET_NAME.test(path.at(-1) ?? "") && !REFERENCE.test(value) ? [path.join(".")] : [];
}

/** Is there a text, or will there be one? */
function given(props, key) {
  try {
    return typeof props[key] === "string" && props[key] !== "";
  } catch {
    return true;
  }
}

/** In a preview, reading a value that is not known yet throws; `up` looks again when it is. */
function known(value, key) {
  try {
    return value[key];
  } catch {
    return undefined;
  }
}

function parsed(text) {
  if (!text.startsWith("{")) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

module.exports = { ttlProblem, healthCheckProblem, protectionProblem, alarmProblem, plainSecretProblems };
