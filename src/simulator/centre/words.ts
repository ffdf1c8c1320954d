/** Invented companies: an insurer with shops. None of these exists as far as we know. */
export const companies = [
  "Larkspur Mutual",
  "Tansyvale Assurance",
  "Quillmoor Insurance",
  "Brackenwold Mutual",
  "Ferncombe & Tolliver",
  "Marrowfield Assurance",
  "Sableferry Insurance",
] as const;

/** What the company sells. */
export const productLines = [
  "Motor",
  "Home",
  "Travel",
  "Pet",
  "Life",
  "Health",
  "Business",
  "Bicycle",
  "Gadget",
  "Landlord",
  "Caravan",
  "Farm",
  "Event",
  "Cyber",
  "Marine",
] as const;

/** What people call about. */
export const teams = [
  "Claims",
  "Billing",
  "Renewals",
  "New Business",
  "Complaints",
  "Cancellations",
  "Retention",
  "Quotes",
  "Documents",
  "Fraud Referrals",
  "Recoveries",
  "Broker Support",
] as const;

/** Where larger organisations split a team. */
export const regions = [
  "North",
  "South",
  "West",
  "Midlands",
  "Wales",
  "Ontario",
  "Québec",
  "Österreich",
  "Île-de-France",
  "Online",
  "Night",
] as const;

/** Names that real organisations have and that break naive tools: commas, parentheses, digits first, accents, a colon. */
export const awkwardQueues = [
  "Billing, Payments & Refunds",
  "Réclamations (Québec)",
  "Kundendienst Österreich",
  "401K Rollovers",
  "Claims: First Notice",
  "Retail - Click & Collect",
  "VIP (by invitation)",
] as const;

// prettier-ignore
export const firstNames = [
  "Ada", "Bela", "Cato", "Dorin", "Edda", "Faro", "Gwenda", "Hale", "Ines", "Jory",
  "Kasia", "Lior", "Mirela", "Nils", "Oona", "Pavel", "Quilla", "Rhys", "Solène", "Tove",
  "Ulla", "Vito", "Wanda", "Xenia", "Yara", "Zeno", "Alba", "Bram", "Cleo", "Dario",
] as const;

// prettier-ignore
export const lastNames = [
  "Abernath", "Brindle", "Coppard", "Dunmore", "Eastlake", "Fennimore", "Garrow", "Hathersage", "Inkpen", "Jessop",
  "Kettley", "Lomax", "Marchbank", "Netherby", "Ollerton", "Pemberley", "Quarrington", "Rosedale", "Stanhop", "Thornby",
  "Umberleigh", "Vexford", "Wetherell", "Yarrow", "Zellwood", "Ashgrove", "Birkwith", "Calderon-Pym", "Duckmanton", "Elverson",
] as const;

// prettier-ignore
export const skillWords = [
  "English", "French", "German", "Spanish", "Claims Handling", "Underwriting", "Chat Writing", "E-mail Writing",
  "Motor Glass", "Fraud Awareness", "Complaint Handling", "Payments", "Key Accounts", "Broker Liaison", "Legal Cover",
  "Vulnerable Customers", "Large Loss", "Subsidence", "Pet Health", "Travel Medical",
] as const;

export const languageNames = ["English", "French", "German", "Spanish", "Italian", "Dutch", "Polish", "Welsh"] as const;

// prettier-ignore
export const wrapUpWords = [
  "Resolved", "Callback Agreed", "Policy Changed", "Quote Given", "Quote Accepted", "Payment Taken", "Payment Failed",
  "Complaint Logged", "Wrong Number", "No Answer", "Transferred", "Documents Requested", "Claim Opened", "Claim Updated",
  "Claim Closed", "Cancelled", "Retained", "Referred to Broker", "Fraud Referral", "Follow-up (48 h)", "Voicemail",
  "Escalated", "Duplicate", "Test Call", "Survey Declined",
] as const;

/** Towns that are on no map. */
// prettier-ignore
export const towns = [
  "Marlow Quay", "Port Ellery", "Ashdown Cross", "Saint-Briac-le-Haut", "Oberfelden", "Tarn Hollow", "Cobbleford", "Wexley Bay",
  "Dunmarrow", "Elmstead Vale", "Fairhaven Locks", "Greycott", "Hollin Bridge", "Inverdour", "Kestrel Hill", "Lindholm", "Mossgate",
  "Nethercombe", "Orchard End", "Pennywell",
] as const;

/** Carriers that carry nothing. */
export const carriers = ["Cobalt Tern Telecom", "Halyard & Pike Voice"] as const;

/** Data actions: a name and the fields that go in and come out. */
export const actionWords = [
  { name: "Get Customer by Phone", inputs: ["phoneNumber"], outputs: ["customerId", "firstName", "tier"] },
  { name: "Get Policy", inputs: ["policyId"], outputs: ["status", "renewalDate", "premium"] },
  { name: "Get Open Claims", inputs: ["customerId"], outputs: ["claimId", "claimState"] },
  { name: "Create Claim", inputs: ["customerId", "lossType"], outputs: ["claimId"] },
  { name: "Update Contact Details", inputs: ["customerId", "email"], outputs: ["updated"] },
  { name: "Get Payment Status", inputs: ["customerId"], outputs: ["balance", "dueDate"] },
  { name: "Take Payment", inputs: ["customerId", "token"], outputs: ["receipt"] },
  { name: "Send Text Message", inputs: ["phoneNumber", "text"], outputs: ["messageId"] },
  { name: "Get Order (Retail)", inputs: ["orderId"], outputs: ["orderState", "deliveryDate"] },
  { name: "Create Callback", inputs: ["phoneNumber", "queueId"], outputs: ["conversationId"] },
  { name: "Get Waiting Calls", inputs: ["queueId"], outputs: ["waiting"] },
  { name: "Log Survey Answer", inputs: ["conversationId", "answer"], outputs: ["stored"] },
] as const;

/** Data tables: a name, its columns with their types, and what the keys look like. */
export const tableWords = [
  { name: "Routing by Line", columns: ["queue", "priority:integer", "active:boolean"], key: "line" },
  { name: "VIP Callers", columns: ["tier", "note"], key: "caller" },
  { name: "Holiday Messages", columns: ["text", "from", "until"], key: "day" },
  { name: "Endpoints", columns: ["url", "timeoutSeconds:integer"], key: "system" },
  { name: "Closure Reasons", columns: ["text", "surcharge:number"], key: "reason" },
  { name: "Dealer Codes", columns: ["dealer", "discount:number", "active:boolean"], key: "code" },
  { name: "Postcodes, Flood Risk", columns: ["zone", "score:number"], key: "area" },
  { name: "Feature Switches", columns: ["enabled:boolean", "owner"], key: "switch" },
  { name: "Sprachansagen (Österreich)", columns: ["text", "voice"], key: "ansage" },
  { name: "Queue Thresholds", columns: ["maxWaiting:integer", "queue"], key: "queue" },
  { name: "Tariffs 2025", columns: ["rate:number", "label"], key: "tariff" },
  { name: "Callback Windows", columns: ["opens", "closes", "slots:integer"], key: "window" },
] as const;
