"""What is done with a season as a whole: opened, worked out anew, shown, published."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from suite.contract.commands import Done
from suite.kernel.assessment.commands import (
    AddMissing,
    CloseCampaign,
    FollowMoves,
    NoticeCampaign,
    OpenCampaign,
    ProposeGrades,
)
from suite.kernel.assessment.standing import CLOSED, NOTICED, RUNNING
from suite.ui.desk import sentence_of
from suite.ui.kit.act_strip import ActStrip
from suite.ui.kit.bars import ConfirmStrip
from suite.ui.kit.fields import Choice, FieldKind, FieldSpec
from suite.ui.kit.notices import Notice, NoticeKind
from suite.ui.pages.assessment.wording import ACTORS
from suite.ui.strip_place import StripPlace

if TYPE_CHECKING:
    from suite.contract.assessment import AssessmentScheme
    from suite.ui.pages.assessment.page import AssessmentPage


class SeasonActs:
    """Belongs to one page; each act is asked in its strip."""

    def __init__(self, page: AssessmentPage, place: StripPlace) -> None:
        self._page, self._place = page, place

    # Opening.

    def schemes(self) -> list[AssessmentScheme]:
        """Those of which the actor may open seasons."""
        desk = self._page.desk
        schemes = desk.suite.catalog.schemes.values()
        return sorted(
            (scheme for scheme in schemes if desk.actor.may(f"{scheme.owner}:assessment:run")),
            key=lambda scheme: (scheme.owner, scheme.order),
        )

    def ask_open(self) -> None:
        """Which scheme, and of which period; who takes part is worked out before it is opened."""
        schemes = self.schemes()
        if not schemes:
            return
        today = self._page.desk.suite.today
        note = "参加对象按确定日的名册冻结；不参加、不评定等次、暂缓的逐个写明规则。下一步先试算，不写入。"
        strip = ActStrip("开展考核", "试算参加对象", today, note=note)
        shown = self._page.board.sheet.scheme.key if self._page.board is not None else schemes[0].key
        strip.show_fields(
            (
                FieldSpec(
                    key="scheme", title="方案", kind=FieldKind.CHOICE, required=True, quiet=True,
                    choices=tuple(Choice(scheme.key, scheme.title) for scheme in schemes),
                ),
                FieldSpec(key="heading", title="名称", quiet=True, placeholder="不填为“年度 + 方案名称”"),
                FieldSpec(key="first", title="考核期间自", kind=FieldKind.DATE, required=True, quiet=True),
                FieldSpec(key="last", title="至", kind=FieldKind.DATE, required=True, quiet=True),
                FieldSpec(
                    key="frozen_on", title="参加对象确定日", kind=FieldKind.DATE, quiet=True,
                    placeholder="不填为期间的最后一日",
                ),
            ),
            {
                "scheme": shown if any(scheme.key == shown for scheme in schemes) else schemes[0].key,
                "first": dt.date(today.year - 1, 1, 1),
                "last": dt.date(today.year - 1, 12, 31),
            },
        )  # fmt: skip
        strip.submitted.connect(lambda: self._try_open(strip))
        self._place.begin(strip)

    def _try_open(self, strip: ActStrip) -> None:
        scheme = self._page.desk.suite.catalog.schemes[str(strip.value("scheme"))]
        last: dt.date = strip.value("last")
        command = OpenCampaign(
            scheme=scheme.key,
            heading=str(strip.value("heading") or f"{last.year} 年度{scheme.title}"),
            first=strip.value("first"),
            last=last,
            frozen_on=strip.value("frozen_on"),
        )
        self._page.asking.run(
            command,
            lambda done: self._confirm_open(command, done),
            lambda error: self._place.refused(strip, error),
            dry_run=True,
        )

    def _confirm_open(self, command: OpenCampaign, done: Done) -> None:
        found = done.result
        words = (
            f"“{command.heading}”（{command.first} 至 {command.last}）：参加 {found['in']:,}，"
            f"参加但不评定等次 {found['ungraded']:,}，"
            f"暂缓 {found['deferred']:,}，不参加 {found['outside']:,}。"
            "开展后参加对象不再随名册变化。"
        )
        scheme = self._page.desk.suite.catalog.schemes[command.scheme]
        fields = actor_fields(scheme)
        if fields:
            chosen = ActStrip("谁先评、谁评定", "开展", self._page.desk.suite.today, note=words)
            chosen.show_fields(fields, {step.key: step.action for step in scheme.steps if step.or_by})
            chosen.submitted.connect(lambda: self._open(replace(command, actors=_others(scheme, chosen))))
            self._place.begin(chosen)
        else:
            strip = ConfirmStrip(words, "开展", needs_reason=False)
            strip.confirmed.connect(lambda _reason: self._open(command))
            self._place.begin(strip)
        if done.warnings:
            told = "".join(problem.text for problem in done.warnings)
            self._page.work.tell(
                NoticeKind.WARN, told, ("三方对账…", partial(self._reconcile, scheme.kinds[0]))
            )

    def _open(self, command: OpenCampaign) -> None:
        def opened(done: Done) -> None:
            self._page.work.hush()
            self._page.show_season(int(done.result["campaign_id"]))

        self._place.send(command, opened)

    def _reconcile(self, kind: str) -> None:
        """The comparison of the roster with the association's, before it is settled who takes part."""
        self._page.open_wanted.emit("reconcile", kind)

    # As it runs.

    def propose(self) -> None:
        """Work the proposed grades out anew."""
        if (campaign := self._page.campaign) is not None:
            self._page.work.run(
                "正在测算等次建议", ProposeGrades(campaign_id=campaign.id), lambda _done: None
            )

    def ask_follow(self) -> None:
        """Let the files of those who moved go along."""
        campaign, come = self._page.campaign, self._page.come
        if campaign is None or come is None:
            return
        words = (
            f"{come.moved:,} 个对象在变更了机构、区县或协会：考核材料随本人转到现在的机构，已办的环节保留。"
        )
        strip = ConfirmStrip(words, "转移材料", needs_reason=False)
        strip.confirmed.connect(lambda _reason: self._place.send(FollowMoves(campaign_id=campaign.id)))
        self._place.begin(strip)

    def ask_missing(self) -> None:
        """Take in whom the roster did not know yet when the season was opened: who that is, is told first."""
        campaign = self._page.campaign
        if campaign is None:
            return
        command = AddMissing(campaign_id=campaign.id)

        def tried(done: Done) -> None:
            if not done.result["added"]:
                self._page.work.tell(NoticeKind.OK, f"{done.text}。")
                return
            strip = ConfirmStrip(f"{done.text}。", "补列", needs_reason=False)
            strip.confirmed.connect(lambda _reason: self._place.send(command))
            self._place.begin(strip)

        def failed(error: Exception) -> None:
            self._page.tell(sentence_of(error))

        self._page.asking.run(command, tried, failed, dry_run=True)

    # To its end.

    def next_act(self) -> tuple[str, str]:
        """What comes next for the season, and why it cannot be done now: empty where it can."""
        campaign, come = self._page.campaign, self._page.come
        if campaign is None or come is None or campaign.state == CLOSED:
            return "", ""
        if not self._page.may("run"):
            return "", ""
        if campaign.state == RUNNING:
            lacking = campaign.taking_part - campaign.graded
            return "公示结果…", f"还有 {lacking:,} 个对象没有评定等次" if lacking else ""
        if come.disputed:
            return "公布结果…", f"还有 {come.disputed} 件异议没有答复"
        until = campaign.notice_until
        early = until is not None and self._page.desk.suite.today <= until
        return "公布结果…", f"公示到 {until} 才结束" if early else ""

    def ask_next(self) -> None:
        """Show the results, or publish them."""
        campaign = self._page.campaign
        if campaign is None or self.next_act()[1]:
            return
        if campaign.state == RUNNING:
            self._ask_notice()
        elif campaign.state == NOTICED:
            self._ask_close()

    def _ask_notice(self) -> None:
        campaign = self._page.campaign
        if campaign is None:
            return
        words = (
            f"“{campaign.title}”{campaign.graded:,} 个结果自今天起公示；"
            "公示期内登记异议，分数和等次只能通过异议更正。"
        )
        strip = ConfirmStrip(words, "公示", needs_reason=False)
        command = NoticeCampaign(campaign_id=campaign.id, expected_version=campaign.version)
        strip.confirmed.connect(lambda _reason: self._place.send(command, self._noticed))
        self._place.begin(strip)

    def _noticed(self, done: Done) -> None:
        self._page.show_notice(
            Notice(
                kind=NoticeKind.OK,
                text=f"{done.text}。",
                buttons=(("保存公示名单…", partial(self._page.files.ask_list, "results")),),
                closable=True,
            )
        )

    def _ask_close(self) -> None:
        campaign = self._page.campaign
        if campaign is None:
            return
        note = "公布后结果生效，不能再改。"
        strip = ActStrip("公布考核结果", "公布", self._page.desk.suite.today, note=note)
        strip.show_fields(
            (FieldSpec(key="document_no", title="公布文件的文号", required=True, quiet=True, wide=True),), {}
        )
        strip.submitted.connect(
            lambda: self._place.send(
                CloseCampaign(
                    campaign_id=campaign.id,
                    expected_version=campaign.version,
                    document_no=str(strip.value("document_no") or ""),
                )
            )
        )
        self._place.begin(strip)


def actor_fields(scheme: AssessmentScheme) -> tuple[FieldSpec, ...]:
    """By whom each step is taken that the scheme leaves open."""
    return tuple(
        FieldSpec(
            key=step.key,
            title=step.title,
            kind=FieldKind.CHOICE,
            choices=tuple(
                Choice(action, ACTORS.get(action, action)) for action in (step.action, *step.or_by)
            ),
            required=True,
            quiet=True,
        )
        for step in scheme.steps
        if step.or_by
    )


def _others(scheme: AssessmentScheme, strip: ActStrip) -> Mapping[str, str]:
    """The steps that were given to others than the scheme says."""
    given = {step.key: str(strip.value(step.key)) for step in scheme.steps if step.or_by}
    return {key: action for key, action in given.items() if action != scheme.by_step[key].action}
