"""The kinds of object that the official client makes in a simulated organisation, each with its own operations."""

from datetime import datetime
from types import SimpleNamespace

import PureCloudPlatformClientV2 as genesys


def kind(api, **names):
    """A kind: `make(n)` and `edit(body)` give bodies, the rest are the client's methods."""
    methods = {name: getattr(api, names.pop(name)) for name in ("post", "list", "get", "put", "delete")}
    return SimpleNamespace(**{"stale": None, "by": "name", "page": 2, "shared": {}, **names, **methods})


def named(model, **values):
    """A function that makes the n-th body of a kind, with a name of its own."""
    return lambda n: model(**{"name": f"Official {n}", **{k: v(n) if callable(v) else v for k, v in values.items()}})


def build(model):
    """The models take no arguments: a function that sets what is given on a new one."""

    def fill(**values):
        body = model()
        for name, value in values.items():
            setattr(body, name, value)
        return body

    return fill


def reference(value):
    return build(genesys.DomainEntityRef)(id=value)


def described(body):
    """The body as it was answered, with another description."""
    body.description = "changed"
    return body


def kinds(client, known):
    """Every kind by name. `known` holds ids of objects that the organisation has: location, flow and so on."""
    architect = genesys.ArchitectApi(client)
    edges = genesys.TelephonyProvidersEdgeApi(client)
    routing = genesys.RoutingApi(client)
    people = genesys.UsersApi(client)
    groups = genesys.GroupsApi(client)
    places = genesys.LocationsApi(client)
    access = genesys.AuthorizationApi(client)

    def architect_kind(one, many, **names):
        methods = {"post": f"post_architect_{many}", "list": f"get_architect_{many}"}
        rest = {verb: f"{verb}_architect_{one}" for verb in ("get", "put", "delete")}
        return kind(architect, **methods, **rest, edit=described, stale=409, **names)

    def edges_kind(one, many, **names):
        methods = {"post": f"post_telephony_providers_edges_{many}", "list": f"get_telephony_providers_edges_{many}"}
        rest = {verb: f"{verb}_telephony_providers_edges_{one}" for verb in ("get", "put", "delete")}
        return kind(edges, **methods, **rest, **{"edit": described, "stale": 409, **names})

    def routing_kind(one, many, **names):
        methods = {"post": f"post_routing_{many}", "list": f"get_routing_{many}", "get": f"get_routing_{one}"}
        put = f"put_routing_{one}" if names.pop("changes", True) else f"get_routing_{one}"
        return kind(routing, **methods, put=put, delete=f"delete_routing_{one}", edit=described, **names)

    return {
        "schedule": architect_kind(
            "schedule",
            "schedules",
            make=named(build(genesys.Schedule), start=datetime(2026, 1, 5, 9), end=datetime(2026, 1, 5, 17)),
        ),
        "schedule group": architect_kind(
            "schedulegroup", "schedulegroups", make=named(build(genesys.ScheduleGroup), time_zone="Europe/Berlin")
        ),
        "emergency group": architect_kind(
            "emergencygroup", "emergencygroups", make=named(build(genesys.EmergencyGroup), enabled=False)
        ),
        "call route": architect_kind("ivr", "ivrs", make=named(build(genesys.IVR))),
        "DID pool": edges_kind(
            "didpool",
            "didpools",
            by="start_phone_number",
            make=lambda n: build(genesys.DIDPool)(
                start_phone_number=f"+1317555{n}000", end_phone_number=f"+1317555{n}009"
            ),
        ),
        "extension pool": edges_kind(
            "extensionpool",
            "extensionpools",
            by="start_number",
            make=lambda n: build(genesys.ExtensionPool)(start_number=f"{n}100", end_number=f"{n}199"),
        ),
        "site": edges_kind(
            "site",
            "sites",
            stale=400,
            make=named(
                build(genesys.Site),
                media_model="Cloud",
                location=build(genesys.LocationDefinition)(id=known["location"]),
            ),
        ),
        "edge group": edges_kind(
            "edgegroup",
            "edgegroups",
            make=named(
                build(genesys.EdgeGroup),
                phone_trunk_bases=[build(genesys.TrunkBase)(id=known["phone trunk base"])],
            ),
        ),
        "trunk base": edges_kind(
            "trunkbasesetting",
            "trunkbasesettings",
            stale=400,
            make=named(
                build(genesys.TrunkBase),
                trunk_type="EXTERNAL",
                trunk_metabase=reference("external_sip.json"),
                properties={},
            ),
        ),
        "location": kind(
            places,
            post="post_locations",
            list="get_locations",
            get="get_location",
            put="patch_location",
            delete="delete_location",
            make=named(build(genesys.LocationCreateDefinition)),
            edit=lambda body: build(genesys.LocationUpdateDefinition)(
                name=body.name, version=body.version, notes="changed"
            ),
            stale=409,
        ),
        "group": kind(
            groups,
            post="post_groups",
            list="get_groups",
            get="get_group",
            put="put_group",
            delete="delete_group",
            make=named(
                build(genesys.GroupCreate), type="official", rules_visible=True, visibility="public", owner_ids=[]
            ),
            edit=lambda body: build(genesys.GroupUpdate)(version=body.version, description="changed"),
            in_keyword=True,
            stale=409,
        ),
        "user": kind(
            people,
            post="post_users",
            list="get_users",
            get="get_user",
            put="patch_user",
            delete="delete_user",
            make=named(
                build(genesys.CreateUser),
                email=lambda n: f"official.{n}@example.com",
                division_id=known["home division"],
            ),
            edit=lambda body: build(genesys.UpdateUser)(version=body.version, title="changed"),
            stale=409,
        ),
        "queue": routing_kind("queue", "queues", make=named(build(genesys.CreateQueueRequest))),
        "wrap-up code": routing_kind("wrapupcode", "wrapupcodes", make=named(build(genesys.WrapupCodeRequest))),
        "skill": routing_kind("skill", "skills", changes=False, make=named(build(genesys.CreateRoutingSkill))),
        "division": kind(
            access,
            post="post_authorization_divisions",
            list="get_authorization_divisions",
            get="get_authorization_division",
            put="put_authorization_division",
            delete="delete_authorization_division",
            make=named(build(genesys.AuthzDivision), description=""),
            edit=described,
        ),
    }
