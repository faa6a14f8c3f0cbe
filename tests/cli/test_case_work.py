"""`stanch case judge`, `share`, `close` and `overlaps`, by what each does for other verbs."""

from tests.cli.at_desk import AtDesk

JUDGED = ("--actor", "Lazarus Group", "--confidence", "moderate", "--source")


def test_a_judgement_stands_beside_others_with_what_it_rests_on(desk: AtDesk):
    case = desk.say("kr", "case", "open", "Theft")
    first = desk.say("kr", "case", "judge", case, *JUDGED, "shared wallets", "--source", "the code")
    doubt = ("--stance", "disputes", "--marking", "TLP:GREEN")
    second = desk.data("kr", "case", "judge", case, *JUDGED, "a confession", *doubt)["id"]
    found = {each["id"]: each for each in desk.data("kr", "case", "show", case)["judgements"]}
    assert set(found) == {first, second}
    assert found[first]["sources"] == ["shared wallets", "the code"]
    said = [(each["stance"], each["marking"]) for each in (found[first], found[second])]
    assert said == [("attributes", "TLP:AMBER"), ("disputes", "TLP:GREEN")]
    told = desk.say("kr", "case", "show", case)
    heads = ("id", "created", "country", "stance", "confidence", "actor", "sources")
    below = [each.split() for each in told.partition("\njudgements\n")[2].splitlines()]
    assert below[0] == list(heads)
    said = [["KR", "attributes", "moderate"], ["KR", "disputes", "moderate"]]
    assert sorted(each[2:5] for each in below[1:]) == said
    assert told.count('Lazarus Group  ["shared wallets", "the code"]') == 1


def test_a_judgement_without_a_source_or_by_an_exchange_is_refused(desk: AtDesk):
    case = desk.say("kr", "case", "open", "Theft", "--marking", "TLP:GREEN")
    assert "source" in desk.refused("kr", "case", "judge", case, *JUDGED, "")
    assert "confidence" in desk.refused(
        "kr", "case", "judge", case, "--actor", "x", "--confidence", "sure", "--source", "y"
    )
    assert "government" in desk.refused("upbeat", "case", "judge", case, *JUDGED, "seen here")
    assert desk.data("kr", "case", "show", case)["judgements"] == []


def test_a_case_is_shared_with_others_and_taken_back(desk: AtDesk):
    case = desk.say("kr", "case", "open", "Theft at Upbeat")
    assert desk.refused("upbeat", "case", "show", case) == f"no case {case}"
    amber = ("--marking", "TLP:AMBER")
    desk.say(
        "kr", "case", "share", case, *amber, "--release", "mem-upbeat", "--release", "mem-japan"
    )
    assert "Theft at Upbeat" in desk.say("upbeat", "case", "show", case)
    released = desk.data("kr", "case", "show", case)["case"]["release"]
    assert released == ["mem-japan", "mem-upbeat"]
    desk.say("kr", "case", "share", case, *amber, "--release", "mem-japan")
    assert desk.refused("upbeat", "case", "show", case) == f"no case {case}"
    desk.say("kr", "case", "share", case, "--marking", "TLP:GREEN")
    assert f"{case}  " in desk.say("upbeat", "case", "list")
    assert "case" in desk.refused("upbeat", "case", "share", case, "--marking", "TLP:CLEAR")
    assert "body/marking" in desk.refused("kr", "case", "share", case, "--marking", "TLP:PINK")
    assert desk.data("kr", "case", "show", case)["case"]["marking"] == "TLP:GREEN"


def test_a_closed_case_takes_nothing_more(desk: AtDesk):
    case = desk.say("kr", "case", "open", "Theft", "--marking", "TLP:GREEN")
    assert "mem-" in desk.refused("upbeat", "case", "close", case, "--reason", "not mine")
    desk.say("kr", "case", "close", case, "--reason", "All is returned.")
    assert case in desk.say("kr", "case", "list", "--state", "closed")
    note = ("--kind", "note", "--text", "too late")
    assert desk.refused("kr", "case", "add", case, *note) == f"{case} is closed"
    again = desk.refused("kr", "case", "close", case, "--reason", "twice")
    assert again == f"{case} is closed"


def test_two_at_work_on_one_account_are_told_of_what_they_may_see(desk: AtDesk):
    account = "eip155:1:0x" + "d4" * 20
    body = desk.folder / "account.json"
    body.write_text(f'{{"account": "{account}"}}')
    added = ("--kind", "account", "--body", body)
    theirs = desk.say("kr", "case", "open", "Korea's", "--release", "mem-upbeat")
    item = desk.say("kr", "case", "add", theirs, *added, "--release", "mem-upbeat")
    own = desk.say("upbeat", "case", "open", "Upbeat's")
    on = ("--account", account)
    assert desk.data("upbeat", "case", "overlaps", *on) == []
    desk.say("upbeat", "case", "add", own, *added)
    (found,) = desk.data("upbeat", "case", "overlaps", *on)
    assert (found["id"], found["case"], found["account"]) == (item, theirs, account)
    assert f"{theirs}  {account}" in desk.say("upbeat", "case", "overlaps")
    assert desk.say("upbeat", "case", "overlaps", *on, "--owner", "mem-japan") == "none"
    assert desk.data("kr", "case", "overlaps", *on) == []  # Upbeat's case is closed to Korea
