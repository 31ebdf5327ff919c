"""The file of differences for a platform of others: what changed since it last acknowledged one."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from suite.contract.commands import Actor, Change, Done
from suite.contract.credit import PlatformFeed
from suite.contract.declarations import FieldType, RecordKind
from suite.contract.problems import ProblemKind, refuse
from suite.database.base import METADATA
from suite.database.bulk import allocate_ids, insert_rows
from suite.kernel.assessment.standing import CLOSED
from suite.kernel.credit.commands import AcknowledgePlatformFile, MakePlatformFile
from suite.kernel.credit.disclosure import shown
from suite.kernel.credit.records import log_event
from suite.kernel.credit.scoping import KEEP, READ
from suite.kernel.executor.work import Transaction
from suite.kernel.registry.current import chunks, current_records, names_of
from suite.kernel.search.queries import scope_condition
from suite.loader.catalog import Catalog
from suite.tables import Assessment, Campaign, CreditRecord, PlatformExport, PlatformItem, Subject

FEEDS = "core.platform_export"
NEW, CHANGED, REMOVED = "new", "changed", "removed"
CHANGES = {NEW: "新增", CHANGED: "变更", REMOVED: "撤下"}
ITEMS = METADATA.tables["core_platform_item"]


@dataclass(frozen=True, kw_only=True)
class Told:
    """One thing that the platform is to show of a subject: its key, its kind in words, and the words."""

    subject_id: int
    item: str
    title: str
    name: str
    text: str

    @property
    def digest(self) -> str:
        """What tells whether it is as it was."""
        return hashlib.sha256(f"{self.name}\n{self.text}".encode()).hexdigest()


def feed_of(catalog: Catalog, key: str) -> PlatformFeed:
    """The feed of this key, or the only one where none is named; raises Refused otherwise."""
    if not key and len(catalog.feeds) == 1:
        return next(iter(catalog.feeds.values()))
    found = catalog.feeds.get(key)
    if found is None:
        words = "、".join(f"{item.key}（{item.title}）" for item in catalog.feeds.values()) or "没有"
        raise refuse("feed.unknown", f"没有公示平台“{key[:40]}”，可选：{words}。", field="feed")
    return found


def items_now(
    session: Session, actor: Actor, catalog: Catalog, feed: PlatformFeed, today: dt.date
) -> list[Told]:
    """What the platform should show today, in the actor's scope."""
    scopes = actor.scopes(f"{feed.owner}:{READ}")
    found: list[Told] = []
    shown_ids: dict[int, str] = {}
    for key, fields in feed.fields.items():
        kind = catalog.kinds[key]
        ids = session.scalars(
            select(Subject.id)
            .where(Subject.kind == key, scope_condition(Subject, scopes))
            .order_by(Subject.id)
        ).all()
        for part in chunks(ids):
            found += _basic(session, catalog, feed, kind, fields, part, shown_ids)
    return [*found, *_reviews(session, catalog, feed, shown_ids), *_records(session, shown_ids, today)]


def _basic(
    session: Session,
    catalog: Catalog,
    feed: PlatformFeed,
    kind: RecordKind,
    fields: Iterable[str],
    ids: Iterable[int],
    shown_ids: dict[int, str],
) -> list[Told]:
    records = current_records(session, kind, list(ids))
    links = {
        value
        for record in records.values()
        for key in fields
        if kind.by_key[key].type is FieldType.LINK and isinstance(value := record.values.get(key), int)
    }
    names = names_of(session, sorted(links))
    found: list[Told] = []
    for number, record in records.items():
        if any(record.values.get(key) in values for key, values in feed.without.items()):
            continue
        parts = []
        for key in fields:
            field, value = kind.by_key[key], record.values.get(key)
            if value in (None, ""):
                continue
            words = str(value)
            if field.type is FieldType.LINK:
                words = names.get(value, "")
            elif field.codes:
                words = catalog.code_title(field.codes, value)
            parts.append(f"{field.title}：{words}")
        name = str(record.values.get("name") or "")
        shown_ids[number] = name
        found.append(
            Told(subject_id=number, item="basic", title="基本信息", name=name, text="；".join(parts))
        )
    return found


def _reviews(
    session: Session, catalog: Catalog, feed: PlatformFeed, shown_ids: Mapping[int, str]
) -> list[Told]:
    rows = session.execute(
        select(
            Assessment.subject_id, Assessment.campaign_id, Assessment.grade, Campaign.title, Campaign.scheme
        )
        .join(Campaign, Campaign.id == Assessment.campaign_id)
        .where(Campaign.scheme.in_(feed.reviews), Campaign.state == CLOSED, Assessment.grade.is_not(None))
        .order_by(Assessment.id)
    )
    return [
        Told(
            subject_id=subject,
            item=f"review:{campaign}",
            title="年度考核",
            name=shown_ids[subject],
            text=f"{title}：{catalog.schemes[scheme].by_grade[grade or ''].title}",
        )
        for subject, campaign, grade, title, scheme in rows
        if subject in shown_ids
    ]


def _records(session: Session, shown_ids: Mapping[int, str], today: dt.date) -> list[Told]:
    """Penalties and sanctions while they are displayed, and honours."""
    found: list[Told] = []
    for row in session.scalars(
        select(CreditRecord).where(CreditRecord.visibility != "internal").order_by(CreditRecord.id)
    ):
        state = shown(
            stage=row.stage,
            favourable=row.favourable,
            display_until=row.display_until,
            ended_on=row.ended_on,
            reversed_on=row.reversed_on,
            today=today,
        )
        if row.subject_id in shown_ids and state.displayed:
            title = "表彰奖励" if row.favourable else "处罚处分"
            found.append(
                Told(
                    subject_id=row.subject_id,
                    item=f"credit:{row.id}",
                    title=title,
                    name=shown_ids[row.subject_id],
                    text=_record_text(row),
                )
            )
    return found


def _record_text(row: CreditRecord) -> str:
    until = row.display_until or "长期"
    return f"{row.title}；{row.organ}；{row.document_no}；{row.decided_on}；公示至 {until}"


def gone_texts(session: Session, items: Iterable[tuple[int, str]]) -> dict[tuple[int, str], str]:
    """(subject, item) → what the platform is to take down, in the words in which it was told: which decision,
    which season; of a subject as a whole, its number."""
    found: dict[tuple[int, str], str] = {}
    credit: dict[int, tuple[int, str]] = {}
    reviews: dict[int, list[tuple[int, str]]] = {}
    whole: dict[int, tuple[int, str]] = {}
    for key in items:
        sort, _, number = key[1].partition(":")
        if sort == "credit":
            credit[int(number)] = key
        elif sort == "review":
            reviews.setdefault(int(number), []).append(key)
        else:
            whole[key[0]] = key
    for part in chunks(sorted(credit)):
        for row in session.scalars(select(CreditRecord).where(CreditRecord.id.in_(part))):
            found[credit[row.id]] = _record_text(row)
    for part in chunks(sorted(reviews)):
        for campaign, title in session.execute(
            select(Campaign.id, Campaign.title).where(Campaign.id.in_(part))
        ):
            found.update(dict.fromkeys(reviews[campaign], title))
    for part in chunks(sorted(whole)):
        for subject, main_no in session.execute(
            select(Subject.id, Subject.main_no).where(Subject.id.in_(part))
        ):
            found[whole[subject]] = main_no or ""
    return found


def known_there(session: Session, feed: PlatformFeed) -> dict[tuple[int, str], str]:
    """(subject, item) → digest, as the platform has acknowledged it."""
    found: dict[tuple[int, str], str] = {}
    for subject, item, change, digest in session.execute(
        select(PlatformItem.subject_id, PlatformItem.item, PlatformItem.change, PlatformItem.digest)
        .join(PlatformExport, PlatformExport.id == PlatformItem.export_id)
        .where(PlatformExport.feed == feed.key, PlatformExport.acknowledged_on.is_not(None))
        .order_by(PlatformItem.id)
    ):
        if change == REMOVED:
            found.pop((subject, item), None)
        else:
            found[subject, item] = digest
    return found


def make_file(command: MakePlatformFile, work: Transaction) -> Done:
    """Put the differences together; `result["rows"]` is the file: 变动、种类、名称、内容."""
    feed = feed_of(work.catalog, command.feed)
    _require_whole(work, feed)
    now = {(told.subject_id, told.item): told for told in items_now(
        work.session, work.actor, work.catalog, feed, work.today
    )}  # fmt: skip
    known = known_there(work.session, feed)
    changes = [
        (told, NEW if key not in known else CHANGED)
        for key, told in now.items()
        if known.get(key) != told.digest
    ]
    gone = [key for key in known if key not in now]
    if not changes and not gone:
        raise refuse("feed.nothing", f"自上次回执以来，“{feed.title}”没有需要报送的差异。")
    number = (
        work.session.scalar(select(func.max(PlatformExport.number)).where(PlatformExport.feed == feed.key))
        or 0
    ) + 1
    export = PlatformExport(
        feed=feed.key,
        profession=feed.owner,
        number=number,
        made_on=work.today,
        by_login=work.actor.login,
        rows=len(changes) + len(gone),
        reference="",
    )
    work.session.add(export)
    work.session.flush()
    written = [(told.subject_id, told.item, change, told.digest) for told, change in changes]
    written += [(subject, item, REMOVED, known[subject, item]) for subject, item in gone]
    _keep(export.id, written, work)
    _log_records([item for _, item, _, _ in written], feed, work)
    names = names_of(work.session, sorted({subject for subject, _ in gone}))
    rows = [(CHANGES[change], told.title, told.name, told.text) for told, change in changes]
    texts = gone_texts(work.session, gone)
    rows += [
        (CHANGES[REMOVED], item_title(item), names.get(subject, ""), texts.get((subject, item), ""))
        for subject, item in gone
    ]
    return Done(
        text=f"已生成“{feed.title}”第 {number} 次差异，{len(rows):,} 条",
        changes=(Change(kind=FEEDS, ids=(export.id,)),),
        result={"export": export.id, "number": number, "title": feed.title, "rows": rows},
    )


def item_title(item: str) -> str:
    """What kind of thing the key of an item names, in words."""
    return {"basic": "基本信息", "review": "年度考核", "credit": "处罚处分"}[item.partition(":")[0]]


def _require_whole(work: Transaction, feed: PlatformFeed) -> None:
    """A difference is of a whole profession: who sees a part would take the rest for gone."""
    if not any(
        scope.districts is None and scope.associations is None
        for scope in work.actor.scopes(f"{feed.owner}:{KEEP}")
    ):
        text = f"“{feed.title}”的差异由看得到全行业的人员生成，请联系科室管理员。"
        raise refuse("feed.partial", text, ProblemKind.NOT_PERMITTED, field="feed")


def _keep(export_id: int, written: list[tuple[int, str, str, str]], work: Transaction) -> None:
    places = {}
    for part in chunks(sorted({subject for subject, *_ in written})):
        for number, profession, district, association in work.session.execute(
            select(Subject.id, Subject.profession, Subject.district_code, Subject.association).where(
                Subject.id.in_(part)
            )
        ):
            places[number] = (profession, district, association)
    rows = [item for item in written if item[0] in places]
    ids = allocate_ids(work.connection, ITEMS, len(rows))
    insert_rows(
        work.connection,
        ITEMS,
        [
            {
                "id": number,
                "export_id": export_id,
                "subject_id": subject,
                "profession": places[subject][0],
                "district_code": places[subject][1],
                "association": places[subject][2],
                "item": item,
                "change": change,
                "digest": digest,
            }
            for number, (subject, item, change, digest) in zip(ids, rows, strict=True)
        ],
    )


def _log_records(items: Iterable[str], feed: PlatformFeed, work: Transaction) -> None:
    """Each credit record that went out says so."""
    numbers = [int(item.partition(":")[2]) for item in items if item.startswith("credit:")]
    for part in chunks(numbers):
        for row in work.session.scalars(select(CreditRecord).where(CreditRecord.id.in_(part))):
            log_event(work, row, "导出", work.today, feed.title)
    work.session.flush()


def acknowledge_file(command: AcknowledgePlatformFile, work: Transaction) -> Done:
    """The platform took it in; files made before it that it never answered are void with it."""
    row = work.session.get(PlatformExport, command.export_id)
    if row is None or row.feed not in work.catalog.feeds:
        raise refuse("feed.export", "没有这次差异文件，请核对编号。", field="export_id")
    feed = work.catalog.feeds[row.feed]
    _require_whole(work, feed)
    if row.acknowledged_on is not None:
        raise refuse(
            "feed.acknowledged", f"第 {row.number} 次已于 {row.acknowledged_on} 回执。", field="export_id"
        )
    later = work.session.scalar(
        select(func.max(PlatformExport.number)).where(
            PlatformExport.feed == row.feed, PlatformExport.acknowledged_on.is_not(None)
        )
    )
    if later is not None and later > row.number:
        text = f"第 {later} 次已经回执，较早的第 {row.number} 次不再登记。"
        raise refuse("feed.order", text, ProblemKind.FORBIDDEN, field="export_id")
    on = command.on or work.today
    if not row.made_on <= on <= work.today:
        raise refuse("day.future", f"回执日期应在 {row.made_on} 至今天之间，请核对。", field="on")
    reference = command.reference.strip()
    if not 0 < len(reference) <= 100:
        raise refuse("required", "请填写平台回执的编号，最多 100 字。", field="reference")
    row.acknowledged_on, row.reference = on, reference
    work.session.flush()
    return Done(
        text=f"已登记“{feed.title}”第 {row.number} 次回执",
        changes=(Change(kind=FEEDS, ids=(row.id,)),),
    )
