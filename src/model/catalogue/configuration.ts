import type { Entry } from "./entry.ts";

/** `lockstep.yaml`: its syntax, its rules, and the credentials that it refers to. */
export const CONFIGURATION = {
  "config-missing": {
    meaning: "There is no lockstep.yaml.",
    action: "Run `lockstep init`, or name the file with `--config`.",
  },
  "config-exists": {
    meaning: "`lockstep init` does not overwrite an existing lockstep.yaml.",
    action: "Edit the file, or choose another name with `--config`.",
  },
  "config-invalid-yaml": {
    meaning: "lockstep.yaml is not valid YAML.",
    action: "Correct the file at the line that the message names.",
  },
  "config-unknown-key": {
    meaning: "lockstep.yaml has a key that does not exist.",
    action: "Correct the key; docs/configuration.md lists all keys.",
  },
  "config-invalid": {
    meaning: "A value in lockstep.yaml does not have the form that is expected there.",
    action: "Correct the value at the line that the message names.",
  },
  "secret-reference": {
    meaning: "A secret is not given as `env:NAME` or `file:PATH`.",
    action: "Write the name of the environment variable or file, never the secret itself.",
  },
  "secret-missing": {
    meaning:
      "A secret that is needed has no value: the environment variable or file is missing or empty, or no rule under `secrets` names one.",
    action: "Set the variable, write the file, or add the rule that the hint shows.",
  },
  "secrets-key-short": {
    meaning:
      "The key of the placeholders has fewer than 32 characters, so that somebody with a snapshot could try them all.",
    action: "Use a random key, such as the output of `openssl rand -hex 32`, or remove `include.secretsKey`.",
  },
  "secret-in-config": {
    meaning: "A credential is in the configuration of a stack in plain text, where Pulumi stores it.",
    action: "Write a reference instead: `env:NAME` or `file:PATH`.",
  },
  "unknown-region": {
    meaning: "There is no such Genesys Cloud region.",
    action: "Use the key or the host of a region, such as `eu-west-1` or `mypurecloud.ie`.",
  },
  "address-missing": { meaning: "An organisation has neither a region nor a baseUrl.", action: "Add one of the two." },
  "base-url-invalid": {
    meaning:
      "A `baseUrl` is not an http or https URL that requests can be sent to, or an address in Genesys Cloud that is more than a region.",
    action: "Write it like `https://proxy.example.org:8443/prefix`.",
  },
  "unknown-kind": {
    meaning: "A rule, snapshot or plan names a kind of object that this version does not know.",
    action: "Run `lockstep kinds` to see the kinds, or use the version of lockstep that wrote the file.",
  },
  "rename-unmatched": { meaning: "A rename matches no object.", action: "Correct the rule or remove it." },
  "rename-unsupported": {
    meaning: "A rename is for a kind whose objects have no name that could change.",
    action: "Use `numbers` for phone numbers, or an override.",
  },
  "rename-empty": {
    meaning: "A rename would leave an object with an empty name.",
    action: "Keep a part of the name, such as a group of the pattern.",
  },
  "rename-collision": {
    meaning: "Two objects would have the same name after the renames.",
    action: "Change one of the renames, or exclude one of the objects.",
  },
  "override-unmatched": {
    meaning: "An override matches no object, or a path that no object has.",
    action: "Copy name and path from the output of `lockstep diff`.",
  },
  "state-unmatched": {
    meaning: "An entry of `orgs.*.state` matches no object, or a path that is not operational state.",
    action: "Correct the entry; use `overrides` for configuration.",
  },
  "health-entry-clash": {
    meaning: "The health entry has the name or the number of another object.",
    action: "Choose another name or number for it.",
  },
  "health-entry-excluded": {
    meaning: "`include` leaves out objects that the health entry consists of.",
    action: "Select flow, ivr and did-pool, or choose another name for the health entry.",
  },
  "repository-missing": {
    meaning: "The repository is the source of truth, and lockstep.yaml has no section `repository`.",
    action: "Add the section, or use the primary as the source.",
  },
} as const satisfies { readonly [code: string]: Entry };
