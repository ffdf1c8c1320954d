"""
Tries a simulated organisation with the official client: starts as its users do, then makes, pages through, changes and
deletes objects of each kind. Takes the address and a login from the environment, and prints what it saw as JSON: for each
kind either what came back, or the error that the client raised.
"""

import json
import os
import sys
import traceback

import PureCloudPlatformClientV2 as genesys
from PureCloudPlatformClientV2.rest import ApiException

from kinds import kinds

COUNT = 5


def connect():
    genesys.configuration.host = os.environ["BASE_URL"]
    client = genesys.api_client.ApiClient()
    return client.get_client_credentials_token(os.environ["CLIENT_ID"], os.environ["CLIENT_SECRET"])


def start(client):
    """The calls that tools built on the client make before anything else."""
    products = genesys.AuthorizationApi(client).get_authorization_products()
    return {
        "organisation": genesys.OrganizationApi(client).get_organizations_me().name,
        "products": [product.id for product in products.entities],
        "total": products.total,
        "region": genesys.TelephonyApi(client).get_telephony_mediaregions().aws_home_region,
    }


def known_ids(client):
    edges = genesys.TelephonyProvidersEdgeApi(client)
    bases = edges.get_telephony_providers_edges_trunkbasesettings(page_size=100).entities
    return {
        "home division": genesys.AuthorizationApi(client).get_authorization_divisions_home().id,
        "location": genesys.LocationsApi(client).get_locations().entities[0].id,
        "phone trunk base": next(base.id for base in bases if base.trunk_type == "PHONE"),
    }


def status_of(call):
    """The status that the service refuses a call with; 0 when it does not."""
    try:
        call()
        return 0
    except ApiException as error:
        return error.status


def listed(kind):
    """Everything that the list shows, page by page, and the totals that the pages told."""
    found, totals, number = [], set(), 1
    while True:
        page = kind.list(page_size=kind.page, page_number=number)
        found += page.entities
        totals.add(page.total)
        if number >= page.page_count:
            return found, totals
        number += 1


def change(kind, body):
    edited = kind.edit(body)
    return kind.put(body.id, body=edited) if getattr(kind, "in_keyword", False) else kind.put(body.id, edited)


def life(kind):
    before = {entity.id for entity in listed(kind)[0]}
    made = [kind.post(kind.make(n)) for n in range(1, COUNT + 1)]
    found, totals = listed(kind)
    new = [entity for entity in found if entity.id not in before]
    report = {
        "made": sorted(getattr(one, kind.by) for one in made),
        "listed": sorted(getattr(one, kind.by) for one in new),
        "total agrees": totals == {len(found)},
        "changed": None,
        "stale": None,
    }
    if kind.put != kind.get:
        old = kind.get(made[0].id)
        change(kind, kind.get(made[0].id))
        fresh = kind.get(made[0].id).to_dict()
        report["changed"] = "changed" in fresh.values()
        if kind.stale:
            report["stale"] = status_of(lambda: change(kind, old)) == kind.stale
    for one in made:
        kind.delete(one.id)
    shown = [entity.id for entity in listed(kind)[0] if getattr(entity, "state", "active") != "deleted"]
    report["left"] = [one.id for one in made if one.id in shown]
    return report


def attempt(what):
    try:
        return what()
    except Exception as error:
        return {"error": f"{error}", "at": traceback.format_exc(limit=-3)}


def main():
    client = connect()
    report = {"start": attempt(lambda: start(client)), "kinds": {}}
    for name, kind in kinds(client, known_ids(client)).items():
        report["kinds"][name] = attempt(lambda: life(kind))
    json.dump(report, sys.stdout)


main()
