"use strict";

const { PolicyPack } = require("@pulumi/policy");
const { alarmProblem, healthCheckProblem, plainSecretProblems, protectionProblem, ttlProblem } = require("./rules.js");

/** A policy that looks at one resource at a time. */
const each = (name, description, problems) => ({
  name,
  description,
  enforcementLevel: "mandatory",
  validateResource: (resource, report) => {
    for (const problem of [problems(resource)].flat()) if (problem !== undefined) report(problem);
  },
});

new PolicyPack("lockstep", {
  policies: [
    {
      name: "ttl-by-purpose",
      description: "Answers about names that fail over are remembered no longer than their purpose allows.",
      enforcementLevel: "mandatory",
      configSchema: {
        properties: {
          purposes: {
            type: "object",
            additionalProperties: { type: "string", enum: ["digital", "voice", "carrier"] },
            default: {},
          },
        },
      },
      // The purpose stands on the component above the record, which only a policy on the whole stack can see.
      validateStack: ({ resources, getConfig }, report) => {
        const { purposes } = getConfig();
        for (const resource of resources) {
          const problem = ttlProblem(resource, purposes);
          if (problem !== undefined) report(problem, resource.urn);
        }
      },
    },
    each("primary-has-health-check", "What is answered while all is well has a health check.", healthCheckProblem),
    each("protected-types", "Zones, tables and secrets are protected from deletion.", protectionProblem),
    each("no-plain-secret", "No property holds a secret in the clear.", plainSecretProblems),
    each("alarm-has-action", "An alarm tells somebody.", alarmProblem),
  ],
});
