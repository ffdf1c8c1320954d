/** YAML of a flow from its lines below the top-level key, each indented by two. */
export function flowYaml(lines: string, rootKey = "inboundCall"): string {
  const body = lines
    .replace(/^\n|\s+$/g, "")
    .split("\n")
    .map((line) => (line === "" ? "" : `  ${line}`));
  return [`${rootKey}:`, "  name: Sample", ...body, ""].join("\n");
}

/** A flow whose only task has the given actions (list items, not indented). */
export function taskYaml(actions: string, rootKey = "inboundCall"): string {
  const body = actions
    .replace(/^\n|\s+$/g, "")
    .split("\n")
    .map((line) => `        ${line}`);
  return flowYaml(
    ["tasks:", "  - task:", "      name: Main", "      refId: Main_11", "      actions:", ...body].join("\n"),
    rootKey,
  );
}

/** A flow that uses most shapes at once: parts with internal references, names as values, keys, doubled and in expressions. */
export const LARGE_FLOW = `inboundCall:
  name: Front Door # who answers first
  division: Support
  description: ""
  startUpRef: "/inboundCall/tasks/task[Billing_12]"
  supportedLanguages:
    en-us:
      textToSpeech:
        Amazon Polly:
          voice: Joanna
  variables:
    - stringVariable:
        name: Flow.last
        initialValue:
          noValue: true
    - queueVariable:
        name: Flow.queue
        initialValue:
          lit:
            name: Billing
  menus:
    - menu:
        name: Main
        refId: Main_10
        defaultChildMenuRef: "./choices/menuTask[Talk_15]"
        choices:
          - menuTransferToAcd:
              name: Talk
              refId: Talk_14
              targetQueue:
                lit:
                  name: 'It''s "Sales"'
              overrideInQueueFlow:
                name: Waiting
          - menuTask:
              name: Talk
              refId: Talk_15
              task:
                actions:
                  - callTask:
                      name: Go
                      targetTaskRef: "/inboundCall/tasks/task[Billing_12]"
  tasks:
    - task:
        name: Billing
        refId: Billing_12
        actions:
          - dataTableLookup:
              name: Hours
              lookupValue:
                exp: Call.CalledAddress
              dataTable:
                Office Hours:
                  foundOutputs:
                    open:
                      var: Flow.last
          - callData:
              name: Find customer
              category:
                CRM:
                  dataAction:
                    Get Customer:
                      inputs:
                        queueId:
                          lit: 9de579c5-74bf-45b4-9d01-234724dfb4b5
          - transferToAcd:
              name: To Billing
              targetQueue:
                exp: "If(Flow.last == \\"Billing\\",\\n FindQueue(\\"Billing\\"), FindQueue(Flow.last))"
              preTransferAudio:
                exp: Append(ToAudio(Prompt.Hold_On), "Prompt.Hold_On")
          - evaluateScheduleGroup:
              name: Evaluate
              emergencyGroup:
                lit:
                  name: Evacuation
                name: Evacuation
          - decision:
              name: Open?
              outputs:
                "yes":
                  actions:
                    - disconnect:
                        name: Bye
                no:
                  actions:
                    - transferToFlow:
                        name: Over
                        targetFlow:
                          name: Back Door`;
