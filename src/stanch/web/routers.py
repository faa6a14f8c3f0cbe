"""All routes under /v1, in the order in which the OpenAPI document has them."""

from typing import Final

from stanch.web.api import (
    answers,
    bodies,
    cases,
    collections,
    common,
    contacts,
    directory,
    erasure,
    feed,
    keys,
    log,
    me,
    meetings,
    members,
    notices,
    orders,
    packs,
    partners,
    quarantine,
    reports,
    reviews,
    sign_in,
    sign_in_oidc,
    snapshots,
    statements,
    webhooks,
)

ROUTERS: Final = tuple(
    area.ROUTER
    for area in (
        me,
        notices,
        sign_in,
        sign_in_oidc,
        members,
        contacts,
        keys,
        directory,
        cases,
        common,
        reports,
        bodies,
        meetings,
        packs,
        collections,
        orders,
        statements,
        answers,
        reviews,
        erasure,
        feed,
        snapshots,
        partners,
        quarantine,
        webhooks,
        log,
    )
)
