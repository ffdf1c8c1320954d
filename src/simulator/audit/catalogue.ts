const crud = ["Create", "Update", "Delete"] as const;

/**
 * What the audit log covers: service → entity type → actions. The official definition lists no names: real organisations
 * tell theirs in the service mapping. Where each name here comes from is in README.md beside this file; all of it is unverified.
 */
export const catalogue: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  Architect: {
    Flow: [...crud, "Checkin", "Checkout", "Deactivate", "Debug", "Publish", "Revert", "Save"],
    Prompt: crud,
    PromptResource: [...crud, "Transcode", "Upload"],
    FlowOutcome: crud,
    FlowMilestone: crud,
    DependencyTrackingBuild: ["Create"],
  },
  ContactCenter: {
    Queue: [...crud, "MemberAdd", "MemberUpdate", "MemberRemove", "WrapupCodeAdd", "WrapupCodeRemove"],
    WrapupCode: crud,
    RoutingUtilizationTag: crud,
  },
  Datatables: { Schema: crud, Row: crud },
  Directory: { User: crud, Organization: crud, Location: crud, UserLanguage: crud, UserSkill: crud },
  Emails: { InboundDomain: crud, InboundRoute: crud },
  Groups: { SkillGroup: crud, DirectoryGroup: crud, Team: crud, SkillGroupDefinition: crud },
  Integrations: { Action: crud, ActionDraft: crud, Credential: crud, Integration: crud },
  Knowledge: { KnowledgeBase: crud },
  Messaging: { ConversationRecipient: crud },
  Outbound: { ContactList: crud },
  PeoplePermissions: {
    Role: ["Create", "Update", "LicenseUpdate", "MemberAdd", "MemberUpdate", "MemberRemove"],
    OAuthClient: crud,
  },
  Scripter: { ComposerScript: crud },
  TaskManagement: { Worktype: crud },
  Telephony: {
    DIDPool: crud,
    EdgeGroup: crud,
    EmergencyGroup: crud,
    ExtensionPool: crud,
    IVR: crud,
    NumberPlan: crud,
    OutboundRoute: crud,
    Schedule: crud,
    ScheduleGroup: crud,
    Site: crud,
    Trunk: crud,
    TrunkBase: crud,
  },
  WebDeployments: { Configuration: crud, ConfigurationVersion: crud, Deployment: crud },
};
