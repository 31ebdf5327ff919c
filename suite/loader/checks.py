"""What can be wrong with a plugin's declarations, all at once, each with its cure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib import resources

from suite.contract.assessment import AssessmentScheme
from suite.contract.code_sets import members, repacked
from suite.contract.codes import CodeList
from suite.contract.coverage import Coverage
from suite.contract.credit import CreditRule, PlatformFeed
from suite.contract.declarations import Declaration, Field, FieldType, HelpPage, RecordKind, SampleData
from suite.contract.indicators import Indicator
from suite.contract.ledgers import Ledger
from suite.contract.parameters import Parameter
from suite.contract.penalties import PenaltyKind
from suite.contract.plan import PlanItem
from suite.contract.returns import ReturnForm
from suite.contract.roles import Permission, Role
from suite.contract.time_limits import TimeLimit
from suite.database.base import METADATA, owner_of
from suite.database.rights import ASSOCIATION
from suite.loader.case_checks import CaseChecks
from suite.loader.catalog import (
    CASE_ACTIONS,
    CREDIT_ACTIONS,
    LEDGER_ACTIONS,
    RETURN_ACTIONS,
    ROSTER_ACTIONS,
    Catalog,
    rights_of,
)
from suite.loader.coverage_checks import coverage_faults
from suite.loader.credit_checks import feed_faults, rule_faults
from suite.loader.evidence_checks import evidence_faults
from suite.loader.indicator_checks import IndicatorChecks
from suite.loader.ledger_checks import ledger_faults
from suite.loader.limit_checks import limit_faults
from suite.loader.penalty_checks import PenaltyChecks
from suite.loader.plan_checks import places_of, plan_faults
from suite.loader.return_checks import ReturnChecks
from suite.loader.scheme_checks import scheme_faults

#: Core tables whose columns a kind may use as fields.
FIELD_TABLES = frozenset({"core_subject", "core_person", "core_identity"})


def faults(owner: str, declarations: Sequence[Declaration], known: Catalog) -> list[str]:
    """Every fault of an owner's declarations, in Chinese with the name and the cure."""
    found = list(_duplicates(declarations, known))
    codes = set(known.codes) | {item.key for item in declarations if isinstance(item, CodeList)}
    kinds = set(known.kinds) | {item.key for item in declarations if isinstance(item, RecordKind)}
    parameters = {
        **known.parameters,
        **{item.key: item for item in declarations if isinstance(item, Parameter)},
    }
    numbers = IndicatorChecks.of(declarations, known)
    permissions = set(known.permissions) | {item.key for item in declarations if isinstance(item, Permission)}
    permissions |= {f"{area}:{action}" for area, action, _ in rights_of(owner, declarations)}
    penalties = PenaltyChecks.of(declarations, known, parameters)
    returns = ReturnChecks.of(declarations, known)
    cases = CaseChecks.of(owner, declarations, known, permissions, codes, kinds)
    schemes = known.schemes | {item.key: item for item in declarations if isinstance(item, AssessmentScheme)}
    records = known.kinds | {item.key: item for item in declarations if isinstance(item, RecordKind)}
    places = places_of(declarations, known)
    for declaration in declarations:
        key = declaration.key
        prefix = f"{owner}:" if isinstance(declaration, Permission) else f"{owner}."
        if not isinstance(declaration, PlanItem) and not key.startswith(prefix):
            found.append(f"{type(declaration).__name__} {key}：名称应以“{prefix}”开头。")
        if isinstance(declaration, CodeList):
            found.extend(_code_faults(declaration))
        if isinstance(declaration, RecordKind):
            found.extend(_kind_faults(owner, declaration, codes, kinds))
        asked = getattr(declaration, "permission", None)
        if asked is not None and asked not in permissions:
            found.append(f"{key}：权限 {asked} 未声明，请声明 Permission 或改正名称。")
        if isinstance(declaration, Role):
            found.extend(_role_faults(declaration, permissions))
        if isinstance(declaration, SampleData) and declaration.kind not in kinds:
            found.append(f"示例数据 {declaration.kind}：没有这个种类。")
        if isinstance(declaration, Parameter):
            found.extend(_parameter_faults(declaration))
        if isinstance(declaration, HelpPage):
            found.extend(_help_faults(declaration))
        if isinstance(declaration, Indicator):
            found.extend(numbers.faults(declaration))
        if isinstance(declaration, ReturnForm):
            found.extend(returns.faults(declaration, parameters))
            found.extend(numbers.faults_of_sides(declaration))
        found.extend(cases.faults(declaration))
        if isinstance(declaration, TimeLimit):
            found.extend(limit_faults(declaration, parameters))
        if isinstance(declaration, PenaltyKind):
            found.extend(penalties.faults(declaration))
        if isinstance(declaration, Coverage):
            found.extend(coverage_faults(declaration, numbers.kinds, set(parameters)))
        if isinstance(declaration, AssessmentScheme):
            ledgers = set(numbers.ledgers)
            found.extend(scheme_faults(declaration, kinds, set(parameters), set(cases.limits), ledgers))
            found.extend(evidence_faults(declaration, set(parameters), set(cases.limits), numbers.ledgers))
        if isinstance(declaration, CreditRule):
            found.extend(rule_faults(declaration, schemes))
        if isinstance(declaration, PlatformFeed):
            found.extend(feed_faults(declaration, records, schemes))
        if isinstance(declaration, Ledger):
            found.extend(ledger_faults(declaration, codes, kinds))
        if isinstance(declaration, PlanItem):
            found.extend(plan_faults(declaration, places))
    return found


def _code_faults(codes: CodeList) -> Iterator[str]:
    """A field may hold several values of any list, so none may be taken for two."""
    for code in codes.codes:
        if members(repacked(code.value)) != (code.value,):
            yield f"{codes.key}：代码值“{code.value}”不得含空格、逗号、顿号等分隔符。"


def _role_faults(role: Role, permissions: set[str]) -> Iterator[str]:
    """What a role grants must be there, or it grants nothing without anybody noticing.

    Who keeps a roster keeps its numbers too: every edit is checked against them.
    """
    if any(item.endswith("}:roster:edit") for item in role.permissions) and not any(
        item.endswith("}:identity:reveal") for item in role.permissions
    ):
        found = "含“维护名册”而不含“查看完整证件号码与电话”（identity:reveal），请一并授予。"
        yield f"角色 {role.key}：{found}"
    owners = {key.split(":", 1)[0] for key in permissions}
    possible = (*ROSTER_ACTIONS, *CASE_ACTIONS, *CREDIT_ACTIONS, *LEDGER_ACTIONS, *RETURN_ACTIONS)
    known = permissions | {f"{owner}:{action}" for owner in owners for action, _ in possible}
    known |= {f"{owner}.{ASSOCIATION}:{action}" for owner in owners for action, _ in CASE_ACTIONS}
    for pattern in role.permissions:
        wanted = re.escape(pattern).replace(r"\*", ".*").replace(r"\{profession\}", "[^:]+")
        if not any(re.fullmatch(wanted, key) for key in known):
            yield f"{role.key}：权限 {pattern} 未声明，请声明 Permission 或改正名称。"


def _duplicates(declarations: Sequence[Declaration], known: Catalog) -> Iterator[str]:
    own = Counter((type(item).__name__, item.key) for item in declarations)
    for (type_name, key), times in own.items():
        if times > 1:
            yield f"{type_name} {key}：声明了 {times} 次，请只留一次。"
    taken: set[str] = {
        *known.kinds,
        *known.codes,
        *known.parameters,
        *known.permissions,
        *known.roles,
        *known.pages,
        *known.help,
        *known.figures,
        *known.indicators,
        *known.notices,
        *(item.key for item in known.indicator_sets.values()),
        *known.schemes,
        *known.forms,
        *known.case_kinds,
        *known.lifecycles,
        *known.guards,
        *known.approvals,
        *known.coverages,
        *known.series,
        *known.limits,
        *known.penalties,
        *known.credit_rules,
        *known.feeds,
        *known.ledgers,
    }
    for item in declarations:
        if not isinstance(item, SampleData | PlanItem) and item.key in taken:
            yield f"{type(item).__name__} {item.key}：与已有声明重名，请改名。"


def _parameter_faults(parameter: Parameter) -> Iterator[str]:
    if parameter.pattern:
        try:
            re.compile(str(parameter.value))
        except re.error as error:
            yield f"{parameter.key}：缺省值不是正则表达式（{error}），请改正。"
    if not parameter.choices:
        return
    if not isinstance(parameter.value, str):
        yield f"{parameter.key}：只有文字的参数可以写 choices，请去掉。"
        return
    for spelling, times in Counter(
        text for code in parameter.choices for text in {code.value, code.title, *code.also}
    ).items():
        if times > 1:
            yield f"{parameter.key}：{spelling} 指向 {times} 个选项，请只留一处。"
    values = members(parameter.value) if parameter.several else (parameter.value,)
    for value in values:
        if value not in parameter.titles:
            yield f"{parameter.key}：缺省值 {value} 不在选项之内，请改正。"
    if parameter.several and (stored := repacked(parameter.value) or "") != parameter.value:
        yield f"{parameter.key}：缺省值应按存储的写法写成 {stored}，请改正。"


def _help_faults(page: HelpPage) -> Iterator[str]:
    package, _, file = page.text.partition(":")
    try:
        there = bool(file) and resources.files(package).joinpath(file).is_file()
    except ModuleNotFoundError:
        there = False
    if not there:
        yield f"{page.key}：没有帮助文件 {page.text}，应写成“包名:文件”。"


def _kind_faults(owner: str, kind: RecordKind, codes: set[str], kinds: set[str]) -> Iterator[str]:
    details = kind.details
    if METADATA.tables.get(details.name) is not details or owner_of(details.name) != owner:
        yield f"{kind.key}：明细表 {details.name} 应以“{owner}_”开头并建在插件自己的基类上。"
    elif [column.name for column in details.primary_key.columns] != ["subject_id"]:
        yield f"{kind.key}：明细表 {details.name} 的主键应为 subject_id。"
    for key, times in Counter(field.key for field in kind.fields).items():
        if times > 1:
            yield f"{kind.key}.{key}：字段声明了 {times} 次，请只留一次。"
    for heading, times in Counter(h for field in kind.fields for h in {field.title, *field.headings}).items():
        if times > 1:
            yield f"{kind.key}：表头“{heading}”指向 {times} 个字段，请只留一处。"
    for field in kind.fields:
        yield from _field_faults(kind, field, codes, kinds)
    if kind.status not in codes:
        yield f"{kind.key}：状态代码表 {kind.status} 未声明。"
    named = [key for field in kind.fields for key in (field.since, field.until, field.within) if key]
    named += [key for key in (kind.begins, kind.named_after) if key]
    named += [key for key, _ in kind.link_checks]
    named += [
        *(key for keys in kind.match_keys for key in keys),
        *kind.headline,
        *kind.published,
        *kind.known_by,
        *(key for view in kind.views for key in view.filters),
    ]
    if kind.licence is not None:
        spec = kind.licence
        named += [key for key in (spec.number, spec.serial, spec.valid_from, spec.valid_to) if key]
    for key in named:
        if key not in kind.by_key:
            yield f"{kind.key}：没有字段 {key}，请改正名称或补充字段。"
    for key in kind.known_by:
        if key in kind.by_key and kind.by_key[key].table is not details:
            yield f"{kind.key}：known_by 所指的 {key} 不在明细表中，请改正。"
    for key in kind.published:
        if key in kind.by_key and kind.by_key[key].sensitive:
            yield f"{kind.key}：个人信息 {key} 不能公布，请从 published 中去掉。"
    for field in kind.fields:
        day = kind.by_key.get(field.since or "")
        if day is not None and day.type is not FieldType.DATE:
            yield f"{kind.key}.{field.key}：since 所指的 {day.key} 不是日期字段，请改正。"
        end = kind.by_key.get(field.until or "")
        if end is not None and {end.type, field.type} != {FieldType.DATE}:
            yield f"{kind.key}.{field.key}：until 只能从一个日期字段指向另一个，请改正。"
    for key in ("name", "status"):
        if key not in kind.by_key:
            yield f"{kind.key}：缺少必有字段 {key}。"


def _field_faults(kind: RecordKind, field: Field, codes: set[str], kinds: set[str]) -> Iterator[str]:
    place = f"{kind.key}.{field.key}（{field.title}）"
    if field.table is not kind.details and field.table.name not in FIELD_TABLES:
        yield f"{place}：列 {field.table.name}.{field.name} 不在本种类的明细表或核心表中。"
    elif field.name not in field.table.columns:
        yield f"{place}：表 {field.table.name} 没有列 {field.name}。"
    if field.table.name in ("core_person", "core_identity") and not kind.has_person:
        yield f"{place}：机构类没有个人信息列。"
    if field.dated and field.type in (FieldType.DATE, FieldType.DECIMAL):
        yield f"{place}：留存历史的字段只能是文字、代码、整数或是否。"
    if field.several and (field.codes is None or field.table.columns[field.name].type.python_type is not str):
        yield f"{place}：多选字段须有代码表，列须为文字。"
    if field.codes is not None and field.codes not in codes:
        yield f"{place}：代码表 {field.codes} 未声明。"
    for link in field.links:
        if link not in kinds:
            yield f"{place}：指向的种类 {link} 不存在。"
    if field.sensitive != bool(field.table.columns[field.name].info.get("secret")):
        yield f'{place}：敏感字段的列须带 info={{"secret": True}}，非敏感字段不得带。'
