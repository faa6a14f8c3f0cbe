"""Columns of an intake: what each is taken to mean, without a mapping and with one.

A title is compared in lower case with `_` for whatever separates its words, so `E-Mail`, `eMail`
and `e_mail` are one. A title that is in neither list is not read. Several columns may mean the
same: their values stand beside each other, in the order of the columns.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from stanch.errors import UsageError
from stanch.model.personas import kinds

RECORD_ID: Final = "record_id"
RECEIVED: Final = "received"
RETAIN_UNTIL: Final = "retain_until"
RESUME_FILE: Final = "resume_file"
PHOTO_FILE: Final = "photo_file"
DOCUMENT_FILE: Final = "document_file"
OFFSET_HOURS: Final = "claimed_utc_offset"  # hours, as people say it: -5, +5:30
ZONE: Final = "claimed_zone"  # a name of the tz database
FILES: Final = (RESUME_FILE, PHOTO_FILE, DOCUMENT_FILE)
OF_RECORD: Final = (RECORD_ID, RECEIVED, RETAIN_UNTIL)
SERVICE: Final = "handle:"  # and behind it the service

_SERVICES: Final = """github gitlab bitbucket telegram discord linkedin twitter upwork fiverr
freelancer skype whatsapp wechat stackoverflow"""
_TITLES: Final = {
    RECORD_ID: "record_id id application_id applicant_id candidate_id account_id user_id worker_id",
    RECEIVED: "received received_at applied applied_at application_date created created_at",
    RETAIN_UNTIL: "retain_until keep_until delete_after",
    kinds.NAME: "name full_name first_name last_name given_name family_name surname display_name "
    "applicant candidate",
    kinds.NATIONALITY: "nationality citizenship",
    kinds.EMAIL: "email emails e_mail mail email_address recovery_email",
    kinds.PHONE: "phone phones phone_number telephone tel mobile cell msisdn",
    kinds.ADDRESS: "address addresses postal_address street_address home_address mailing_address "
    "shipping_address ship_to",
    kinds.DEVICE: "device devices device_id device_ids fingerprint browser_fingerprint "
    "machine_id serial serial_number",
    kinds.BANK: "bank bank_account account_number iban payee payment_account paypal payoneer wise",
    kinds.WALLET: "wallet wallets wallet_address crypto_address usdc_address pay_address",
    kinds.DOCUMENT: "document documents id_document document_number passport_number id_number",
    kinds.MRZ: "mrz",
    "handle": "handle handles username usernames profile profiles profile_url website portfolio",
    **{
        f"{SERVICE}{name}": f"{name} {name}_handle {name}_username {name}_url {name}_id"
        for name in _SERVICES.split()
    },
    kinds.IP: "ip ips ip_address ip_addresses login_ips",
    kinds.LINE: "resume resume_text cv cv_text cover_letter",
    kinds.EMPLOYER: "employer employers",
    kinds.EMPLOYED: "employment employment_history work_history",
    kinds.GIT_EMAIL: "git_email git_emails commit_email commit_emails",
    kinds.GIT_KEY: "git_key git_keys gpg_key ssh_key signing_key",
    kinds.COMMIT: "commits commit_times",
    kinds.LOGIN: "login_utc login logins login_times",
    kinds.PHOTO: "photo photo_hash photo_pdq",
    kinds.CLAIMED_PLACE: "claimed_place location city country_of_residence residence",
    OFFSET_HOURS: "claimed_utc_offset utc_offset",
    ZONE: "claimed_zone time_zone timezone",
    RESUME_FILE: "resume_file cv_file resume_path",
    PHOTO_FILE: "photo_file photo_path picture_file headshot",
    DOCUMENT_FILE: "document_file id_image id_document_file",
}
KNOWN: Final = {title: meaning for meaning, titles in _TITLES.items() for title in titles.split()}
MEANINGS: Final = frozenset(_TITLES)
_SERVICE_NAME = re.compile(r"handle:[a-z0-9][a-z0-9.-]{0,39}")


def folded(title: str) -> str:
    """A title in the one form in which titles are compared."""
    return re.sub(r"[^a-z0-9]+", "_", title.strip().lower()).strip("_")


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """What a user says of the files.

    `columns` maps a title as it stands in the file to a meaning. `country` (ISO 3166) is where
    phone numbers without a country's code are dialled, `separator` parts several values in one
    cell of a CSV, `prefix` stands before every record_id.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    country: str | None = None
    separator: str = ";"
    prefix: str = ""

    def __post_init__(self) -> None:
        """Raises UsageError for a meaning that is none."""
        for title, meaning in self.columns.items():
            if meaning and meaning not in MEANINGS and not _SERVICE_NAME.fullmatch(meaning):
                known = ", ".join(sorted(each for each in MEANINGS if ":" not in each))
                raise UsageError(
                    f"column {title!r}: {meaning!r} is none of {known}, handle:SERVICE"
                )

    def meanings(self, file: str, titles: Sequence[str]) -> dict[str, list[int]]:
        """By meaning, the places of the columns of a file that have it.

        Raises UsageError where the file lacks a column that the mapping names.
        """
        if missing := sorted(self.columns.keys() - set(titles)):
            raise UsageError(f"{file} has no column {missing[0]!r}, which the mapping names")
        found: dict[str, list[int]] = {}
        for place, title in enumerate(titles):
            meaning = self.columns.get(title, KNOWN.get(folded(title), ""))
            if meaning:
                found.setdefault(meaning, []).append(place)
        return found
