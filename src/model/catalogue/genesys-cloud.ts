import type { Entry } from "./entry.ts";

/** Requests to Genesys Cloud. */
export const GENESYS_CLOUD = {
  "login-failed": {
    meaning: "Genesys Cloud refused the OAuth client, or what answered is not a Genesys Cloud login service.",
    action: "Check client id, client secret, grant type (Client Credentials) and region.",
  },
  "org-unreadable": { meaning: "The organisation does not tell its identity.", action: "Check region and baseUrl." },
  "not-authorized": {
    meaning: "Genesys Cloud refuses even a new token (status 401).",
    action: "Check that the OAuth client is active, and its allowed IP addresses.",
  },
  "permission-missing": {
    meaning: "The OAuth client lacks a permission (status 403).",
    action: "Give it a role with the permission that the message names, for all divisions.",
  },
  "not-found": {
    meaning: "The object does not exist, or is in a division that the OAuth client cannot see (status 404).",
    action: "Check the name, and the divisions of the role.",
  },
  "rate-limited": {
    meaning: "The rate limit was exceeded, and waiting did not help (status 429).",
    action: "Give lockstep an OAuth client of its own, or try again later.",
  },
  conflict: {
    meaning: "The object conflicts with another one, or is in use (status 409).",
    action: "Resolve the conflict that the message names.",
  },
  "version-conflict": {
    meaning: "The object was changed between reading and writing.",
    action: "Compare again and make a new plan.",
  },
  "request-refused": {
    meaning: "Genesys Cloud does not accept the request (status 400 and others).",
    action: "Correct what the message names.",
  },
  "write-failed": {
    meaning: "Genesys Cloud accepted a change and then reported that it failed.",
    action: "Look at the object in Genesys Cloud, then apply the same plan again to continue.",
  },
  "not-settled": {
    meaning: "Genesys Cloud accepted a change and did not finish it within two minutes.",
    action: "Look at the object in Genesys Cloud, then apply the same plan again to continue.",
  },
  "server-error": {
    meaning: "Genesys Cloud failed (status 5xx), also after retries.",
    action: "Look at the Genesys Cloud status page and try again later.",
  },
  "no-network": {
    meaning: "The host cannot be reached, or the connection was lost.",
    action: "Check the network, the address and the proxy settings (HTTPS_PROXY, NO_PROXY).",
  },
  "certificate-refused": {
    meaning: "The TLS certificate of the host is not trusted.",
    action: "Check the address. Behind an inspecting proxy set NODE_EXTRA_CA_CERTS.",
  },
  "timed-out": { meaning: "No answer came in time.", action: "Try again later." },
  "outcome-unknown": {
    meaning: "A write got no clear answer: it may or may not have been carried out.",
    action: "Look at the object in the organisation, or take a new snapshot, before you try again.",
  },
  "path-value-invalid": {
    meaning: "A name cannot be used in a URL path.",
    action: "Rename the object: its name is empty or consists of dots.",
  },
  "transfer-refused": {
    meaning: "The organisation gave a download or upload address that is not safe to use.",
    action: "Check region, baseUrl and any proxy in between.",
  },
  "primary-read-only": {
    meaning:
      "A request was refused before it was sent, because it would change an organisation that is opened read-only.",
    action: "Only the standby is written. Change the primary in Genesys Cloud, or give its stack an access mode.",
  },
  "unusable-answer": {
    meaning: "An answer does not have the form that it should have, such as a list without its objects.",
    action: "Check region, baseUrl and any proxy in between, and try again.",
  },
  "not-readable": {
    meaning: "The kind is derived from other kinds and cannot be read by itself.",
    action: "Read the kinds that it is derived from.",
  },
} as const satisfies { readonly [code: string]: Entry };
