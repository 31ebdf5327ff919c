"""The frame of an application for a licence, which every profession fills with its own limits and articles.

行政许可法第二十九至五十条: what is missing is told once and within days, or the application counts as
accepted; the local organ reviews and reports, another one decides, and its decision comes in as an outside
event with number, date and organ; the certificate is issued, and only then do the rosters change.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from suite.contract.casework import ClockAct, Lifecycle, OnClock, State, Transition
from suite.contract.licensing_steps import (
    ACCEPTED_PAPER,
    IN_TIME,
    LAW,
    PAPERS,
    SUPPLEMENT_PAPER,
    amending_step,
    opening_step,
    result_step,
    start,
    stop,
    supplement_steps,
)
from suite.contract.states import StateKind

HEAD, LEADER = "core.case.by_head", "core.case.by_leader"
OVERDUE, DECISION_DAY = "core.licensing.overdue", "core.licensing.decision_day"
INTAKE, REVIEW, DECISION, CERTIFICATE, END = "受理", "审查", "决定", "发证", "办结"
#: Where nobody has decided yet.
OPEN_STATES = ("submitted", "supplementing", "accepted", "reviewed", "reported")


@dataclass(frozen=True, kw_only=True)
class Interlude:
    """What interrupts a review and is not counted (听证、专家评审, 行政许可法第四十五条).

    reason: one of the `pauses` of the limit of review. starts, ends: the commands of the two steps. told:
    fields of the first step, which the applicant is told (how long it takes); found: of the second, what came
    of it; all must be given.
    """

    key: str
    title: str
    reason: str
    starts: str
    ends: str
    told: tuple[str, ...] = ()
    found: tuple[str, ...] = ()
    article: str = f"{LAW}第四十五条"


HEARING = Interlude(
    key="hearing", title="听证", reason="听证", starts="StartHearing", ends="EndHearing",
    article=f"{LAW}第四十五条至第四十八条",
)  # fmt: skip
EXPERT_REVIEW = Interlude(
    key="expert_review", title="专家评审", reason="专家评审", starts="StartExpertReview",
    ends="EndExpertReview",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Licensing:
    """An application for a licence as a lifecycle. The kind takes its columns from `ApplicationColumns`.

    party: the role of the applicant. notice, review, decide, certify: keys of the limits of telling what is
    missing, of the review here, of the decision there and of the certificate; without `decide` the clock of
    review runs until the decision, without `certify` none runs after it. articles: for steps whose article is
    not the law's own, by command. decider: who decides, in a word; via: who examines it between us and the
    decider and passes it on, where somebody does. opening: the profession's own fields when it is opened,
    `asked` those that must be given; roles: further parties named then; amended: fields that are put right,
    and what was looked into, until it is decided. entering: guards of the opening; accepting: of acceptance
    (what the law bars); reporting: of an opinion in favour and of its report, so that what fails them goes up
    as a proposal to deny; deciding: of the grant and of the last step; finishing: of the last step alone.
    checked: fields of the review beside the opinion. result: fields of the last step, `needed` those that
    must be given; effects: its effects, `granted` and `denied` those of the decision. certificate: whether
    one is issued, or the result is only entered (注销、免职). interludes: what interrupts the review.
    extends: the review may be extended by its leader. extra: the profession's own steps and states.

    Example: see `plugins/lawyers/licences/firms.py`.
    """

    key: str
    title: str
    notice: str
    review: str
    decide: str | None = None
    certify: str | None = None
    party: str = "applicant"
    articles: Mapping[str, str] = field(default_factory=dict)
    decider: str = "省厅"
    via: str = ""
    opening: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    amended: tuple[str, ...] = ()
    entering: tuple[str, ...] = ()
    accepting: tuple[str, ...] = ()
    reporting: tuple[str, ...] = ()
    deciding: tuple[str, ...] = ()
    finishing: tuple[str, ...] = ()
    checked: tuple[str, ...] = ()
    result: tuple[str, ...] = ()
    needed: tuple[str, ...] = ()
    effects: tuple[str, ...] = ()
    granted: tuple[str, ...] = ()
    denied: tuple[str, ...] = ()
    certificate: bool = True
    interludes: tuple[Interlude, ...] = (HEARING,)
    extends: bool = False
    extra_states: tuple[State, ...] = ()
    extra: tuple[Transition, ...] = ()

    def lifecycle(self) -> Lifecycle:
        """States and steps."""
        return Lifecycle(
            key=self.key,
            title=self.title,
            states=tuple(self._states()),
            transitions=(
                *self._intake(), *self._review(), *self._interludes(), *self._decision(), *self.extra,
                *self._amended(), self._withdraw(),
            ),
        )  # fmt: skip

    @property
    def _above(self) -> tuple[str, ...]:
        """The states in which it lies with others, the first of them first."""
        return ("via", "reported") if self.via else ("reported",)

    def _article(self, command: str, usual: str) -> str:
        return self.articles.get(command, f"{LAW}{usual}")

    def _states(self) -> Iterator[State]:
        yield State(key="submitted", title="待受理", kind=StateKind.NEW, stage=INTAKE)
        yield State(key="supplementing", title="待补正", kind=StateKind.PAUSE, stage=INTAKE)
        yield State(key="accepted", title="审查", kind=StateKind.RUN, stage=REVIEW)
        for item in self.interludes:
            yield State(key=item.key, title=f"{item.title}中", kind=StateKind.PAUSE, stage=REVIEW)
        yield State(key="reviewed", title="待报送", kind=StateKind.RUN, stage=REVIEW)
        if self.via:
            yield State(key="via", title=f"待{self.via}审核", kind=StateKind.RUN, stage=DECISION)
        yield State(key="reported", title=f"待{self.decider}决定", kind=StateKind.RUN, stage=DECISION)
        yield State(
            key="granted", title="待发证" if self.certificate else "待登记", kind=StateKind.RUN,
            stage=CERTIFICATE if self.certificate else END,
        )  # fmt: skip
        yield from self.extra_states
        yield State(key="done", title="办结", kind=StateKind.OK, stage=END, terminal=True)
        yield State(key="declined", title="不予受理", kind=StateKind.ENDED, stage=END, terminal=True)
        yield State(key="denied", title="不予许可", kind=StateKind.ENDED, stage=END, terminal=True)
        yield State(key="withdrawn", title="已撤回", kind=StateKind.ENDED, stage=END, terminal=True)

    def _intake(self) -> Iterator[Transition]:
        yield opening_step(
            self.party, self.roles, ("item", *self.opening), ("item", *self.asked), self.notice,
            article=self._article("OpenApplication", "第二十九条"), guards=self.entering,
            foretold=self.accepting,
        )  # fmt: skip
        yield Transition(
            command="AcceptApplication", title="受理", sources=("submitted",), to="accepted",
            guards=(IN_TIME, *self.accepting), clocks=(stop(self.notice), start(self.review)),
            documents=(ACCEPTED_PAPER,), article=self._article("AcceptApplication", "第三十二条"),
            help="材料齐全、符合法定形式，开始审查计时",
        )  # fmt: skip
        yield from supplement_steps(
            self.notice, self.opening, article=self._article("RequestMaterials", "第三十二条第四项")
        )
        yield Transition(
            command="DeclineApplication", title="不予受理", sources=("submitted", "supplementing"),
            to="declined", fields=("refusal_ground", "refusal_reason"), required=("refusal_ground",),
            guards=(IN_TIME,), approval=HEAD, documents=("不予受理通知书",),
            article=self._article("DeclineApplication", "第三十二条"), help="列明情形和救济途径，须科长审批",
        )  # fmt: skip
        yield Transition(
            command="DeemAccepted", title="视为受理", sources=("submitted",), to="accepted",
            guards=(OVERDUE,),
            clocks=(stop(self.notice), OnClock(act=ClockAct.START, limit=self.review, since=self.notice)),
            article=self._article("DeemAccepted", "第三十二条第四项"),
            help="逾期没有告知补正的，自收到申请材料之日起即为受理",
        )  # fmt: skip

    def _review(self) -> Iterator[Transition]:
        yield Transition(
            command="ReviewApplication", title="初审", sources=("accepted",), to="reviewed",
            fields=("review_opinion", *self.checked), required=("review_opinion", *self.checked),
            guards=self.reporting, approval=LEADER,
            documents=("审查意见",), article=self._article("ReviewApplication", "第三十四条"),
            help="经科长、分管局领导审批，提出审查意见",
        )  # fmt: skip
        clocks = (stop(self.review), start(self.decide)) if self.decide else ()
        first = self.via or self.decider
        yield Transition(
            command="ReportApplication", title=f"报送{first}", sources=("reviewed",), to=self._above[0],
            fields=("report_no",), required=("report_no",), guards=self.reporting, clocks=clocks,
            documents=("报送函",), article=self._article("ReportApplication", "第三十五条"),
            help=f"审查意见和全部申请材料报送{first}",
        )  # fmt: skip
        if self.reporting:
            yield Transition(
                command="ProposeDenial", title="建议不予许可", sources=("accepted",), to=self._above[0],
                fields=("refusal_ground", "review_opinion", "report_no"),
                required=("review_opinion", "report_no"), clocks=clocks, approval=LEADER,
                documents=("审查意见", "报送函"),
                article=self._article("ProposeDenial", "第三十八条第二款"),
                help=f"不符合条件的，经审批后连同理由报送{first}",
            )  # fmt: skip
        if self.via:
            yield Transition(
                command="PassApplication", title=f"登记{self.via}审核上报", sources=("via",), to="reported",
                fields=("passed_no",), required=("passed_no",), clocks=clocks,
                article=self._article("PassApplication", "第三十五条"),
                help=f"{self.via}审核后报{self.decider}的文号",
            )  # fmt: skip
        if self.extends:
            yield Transition(
                command="ExtendReview", title="延长审查期限", sources=("accepted", "reviewed", "reported"),
                to=None, fields=("extension_reason",), required=("extension_reason",), approval=LEADER,
                clocks=(OnClock(act=ClockAct.EXTEND, limit=self.review),), documents=("延长期限告知书",),
                article=self._article("ExtendReview", "第四十二条"), help="经负责人批准，将理由告知申请人",
            )  # fmt: skip

    def _interludes(self) -> Iterator[Transition]:
        for item in self.interludes:
            yield Transition(
                command=item.starts, title=f"开始{item.title}", sources=("accepted",), to=item.key,
                fields=item.told, required=item.told,
                clocks=(OnClock(act=ClockAct.PAUSE, limit=self.review, reason=item.reason),),
                article=item.article, help=f"{item.title}所需时间不计入审查期限，应书面告知申请人",
            )  # fmt: skip
            yield Transition(
                command=item.ends, title=f"{item.title}结束", sources=(item.key,), to="accepted",
                fields=item.found, required=item.found,
                clocks=(OnClock(act=ClockAct.RESUME, limit=self.review),), article=item.article,
                help="恢复审查计时",
            )  # fmt: skip

    def _decision(self) -> Iterator[Transition]:
        running = stop(self.decide or self.review)
        outside = ("decision_no", "decided_on", "decided_by")
        yield Transition(
            command="RecordGrant", title="登记准予决定", sources=("reported",), to="granted",
            fields=outside, required=outside, guards=(*self.deciding, DECISION_DAY),
            clocks=(running, *((start(self.certify, "decided_on"),) if self.certify else ())),
            effects=self.granted, article=self._article("RecordGrant", "第三十八条"),
            help=f"{self.decider}的文号、日期和机关",
        )  # fmt: skip
        yield Transition(
            command="RecordDenial", title="登记不予许可", sources=self._above, to="denied",
            fields=(*outside, "refusal_ground", "denial_reason"), required=(*outside, "denial_reason"),
            guards=(DECISION_DAY,), clocks=(running,), effects=self.denied,
            needs_papers=PAPERS, documents=("不予许可决定书送达回证",),
            article=self._article("RecordDenial", "第三十八条第二款"),
            help=f"{self.decider}的文号、日期和理由，办结",
        )  # fmt: skip
        if not self.certificate:
            yield result_step(
                self.effects, (*self.deciding, *self.finishing), fields=self.result, required=self.needed,
                article=self._article("RecordResult", "第七十条"),
            )  # fmt: skip
            return
        yield Transition(
            command="IssueCertificate", title="发证并登记结果", sources=("granted",), to="done",
            fields=("issued_on", *self.result), required=("issued_on", *self.needed),
            guards=(*self.deciding, *self.finishing),
            clocks=(stop(self.certify),) if self.certify else (), needs_papers=PAPERS,
            effects=self.effects, article=self._article("IssueCertificate", "第四十四条"),
            help="写入名册：执业许可、变动记录、执业经历和状态，办结",
        )  # fmt: skip

    def _amended(self) -> Iterator[Transition]:
        if self.amended:
            yield amending_step(
                ("submitted", "accepted", "reviewed", *self._above, "granted"),
                self.amended,
                self._article("CheckApplication", "第三十四条"),
            )

    def _withdraw(self) -> Transition:
        return Transition(
            command="WithdrawApplication", title="撤回申请",
            sources=tuple(
                dict.fromkeys((*OPEN_STATES, *self._above, *(item.key for item in self.interludes)))
            ),
            to="withdrawn",
            fields=("withdrawal_reason",), required=("withdrawal_reason",),
            article=self._article("WithdrawApplication", "第二十九条"), help="申请人书面撤回，终止办理",
        )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Filing:
    """A change that is only filed (备案): taken in, supplemented once, filed, and the rosters follow.

    notice: the limit of telling what is missing. A filing is no licence, so that silence accepts nothing:
    what is missing may still be told when its days are over (行政许可法第三十二条 speaks of licences only).
    filing: the limit within which it is to be filed, counted from the day of the change, `changed_on`; None
    where there is none. amended: fields that may be put right before it is filed.
    """

    key: str
    title: str
    article: str
    notice: str = "core.filing.supplement"
    filing: str | None = None
    party: str = "applicant"
    opening: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    amended: tuple[str, ...] = ()
    entering: tuple[str, ...] = ()
    accepting: tuple[str, ...] = ()
    effects: tuple[str, ...] = ()

    def lifecycle(self) -> Lifecycle:
        """States and steps."""
        late = (start(self.filing, "changed_on"), stop(self.filing)) if self.filing else ()
        return Lifecycle(
            key=self.key,
            title=self.title,
            states=(
                State(key="submitted", title="待备案", kind=StateKind.NEW, stage=INTAKE),
                State(key="supplementing", title="待补正", kind=StateKind.PAUSE, stage=INTAKE),
                State(key="done", title="已备案", kind=StateKind.OK, stage=END, terminal=True),
                State(key="declined", title="不予备案", kind=StateKind.ENDED, stage=END, terminal=True),
            ),
            transitions=(
                opening_step(
                    self.party, self.roles, ("item", "changed_on", *self.opening),
                    ("item", "changed_on", *self.asked), self.notice, article=self.article,
                    more=late, guards=self.entering, foretold=self.accepting, title="登记备案材料",
                ),
                Transition(
                    command="FileChange", title="予以备案", sources=("submitted",), to="done",
                    fields=("report_no",), guards=self.accepting, clocks=(stop(self.notice),),
                    effects=self.effects, article=self.article, needs_papers=(SUPPLEMENT_PAPER,),
                    documents=("备案表",),
                    help="写入名册并报送备案，办结",
                ),
                *(
                    (amending_step(("submitted",), self.amended, self.article),) if self.amended else ()
                ),
                *supplement_steps(self.notice, self.opening, article=self.article, guards=()),
                Transition(
                    command="DeclineFiling", title="不予备案", sources=("submitted", "supplementing"),
                    to="declined", fields=("refusal_reason",), required=("refusal_reason",), approval=HEAD,
                    article=self.article, help="写明理由并告知，须科长审批",
                ),
            ),
        )  # fmt: skip
