"""The desk's faces: pages of HTML made on the server, with one stylesheet and a little script.

A page shows what the use cases give this caller, and nothing else: there is no rule about who may
see what in here. Nothing is loaded from elsewhere, nothing inline runs, and every form carries the
session's own token. All works without the script; it only spares work.
"""

from typing import Final

from fastapi import APIRouter

from stanch.web.pages import (
    audit,
    bodies,
    bodies_forms,
    case,
    cases,
    claims,
    common,
    designation,
    incidents,
    meetings,
    meetings_forms,
    order,
    orders,
    personas,
    quarantine,
    reviews,
    sharing,
    sign_in,
    signing,
    static,
    statistics,
)

ROUTER: Final = APIRouter(include_in_schema=False)
for _area in (
    static, sign_in, cases, case, common, sharing, quarantine, orders, order, reviews, signing,
    personas, bodies, bodies_forms, meetings, meetings_forms, designation, incidents, statistics,
    claims, audit,
):  # fmt: skip
    ROUTER.include_router(_area.ROUTER)
