"""The column titles of Japan's list, old layout (a sheet for each programme) and new (one table).

The new table has a Japanese and an English column for most fields; the old sheets spell the same
title with spaces between the characters, which `folded` takes out.
"""

from typing import Final

from stanch.formats.lists.table import folded

_BOTH: Final = {  # in the new table each stands twice, with 日本語 and 英語 behind it
    "別名・別称": "alias",
    "旧称": "former",
    "確定に十分でない別名": "weak",
    "称号": "title",
    "役職": "position",
    "出生地": "birth_place",
    "国籍": "nationality",
    "住所・所在地（国）": "country",
    "住所・所在地（都市その他の情報）": "address",
}
_TITLES: Final = {
    "日本語表記": "name_ja",
    "氏名（日本語）": "name_ja",
    "英語表記": "name_en",
    "氏名（英語）": "name_en",
    "区分": "programme",
    "番号": "number",
    "告示日付": "notice_date",
    "告示番号": "notice",
    "個人・団体": "type",
    "別名": "alias",
    "別称": "alias",
    "別称・別名": "alias",
    "別称・旧称": "alias",
    "確定可能な別名": "alias",
    "確定に十分でない別名": "weak",
    "過去の別名": "former",
    "以前の別名": "former",
    "旧称・以前の呼称": "former",
    "肩書": "position",
    "肩書等": "position",
    "生年月日": "birth",
    "生年月日・出生地": "birth",
    "出生地・出身地": "birth_place",
    "旅券番号": "passport",
    "身分登録番号": "identity",
    "身分証番号": "identity",
    "ID番号": "identity",
    "住所": "address",
    "住所等": "address",
    "所在地": "address",
    "住所・所在地": "address",
    "活動地域・住所": "address",
    "所在地・住所登録された事務所の住所": "address",
    "電話番号": "phone",
    "電話": "phone",
    "FAX": "phone",
    "国連参照番号": "国連参照番号",
    "国連制裁委員会による指定日": "国連制裁委員会による指定日",
    "国連制裁員会による指定日": "国連制裁委員会による指定日",
    "リスト掲載日": "リスト掲載日",
    "その他の情報": "information",
    "詳細": "information",
    "外務省告示情報": "外務省告示情報",
    "指定の根拠": "basis",
    "決議1483上の根拠": "basis",
    "活動地域": "活動地域",
}

COLUMNS: Final = {
    folded(title): name
    for title, name in (
        *_TITLES.items(),
        *_BOTH.items(),
        *((f"{title}（日本語）", f"{name}_ja") for title, name in _BOTH.items()),
        *((f"{title}（英語）", f"{name}_en") for title, name in _BOTH.items()),
    )
}
OTHER: Final = (
    "国連参照番号",
    "国連制裁委員会による指定日",
    "リスト掲載日",
    "外務省告示情報",
    "活動地域",
)
