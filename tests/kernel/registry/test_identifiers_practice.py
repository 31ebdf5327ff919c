"""Numbers of lawyers, firms, notaries, appraisers, telephones and areas."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suite.kernel.registry.identifiers.appraisal_number import check_appraisal_licence, check_appraiser_number
from suite.kernel.registry.identifiers.area_codes import (
    AreaLevel,
    check_area_code,
    level_of,
    long_form,
    parent_of,
    short_form,
    township_kind,
    village_kind,
)
from suite.kernel.registry.identifiers.check_number import NUMBER_KINDS, check_number
from suite.kernel.registry.identifiers.lawyer_number import (
    check_firm_licence_number,
    check_lawyer_number,
    check_qualification_number,
    check_trainee_number,
)
from suite.kernel.registry.identifiers.notary_number import (
    check_notarial_certificate_number,
    check_notary_number,
    check_notary_office_number,
)
from suite.kernel.registry.identifiers.phone import check_phone, mask_phone

LAWYER = "11301201510123456"
"""石家庄, first licensed 2015, full-time, male."""


class TestLawyerNumber:
    def test_a_plain_number_is_valid(self) -> None:
        verdict = check_lawyer_number(LAWYER, sex="male", category="1", area="1301", licence_year=2020)
        assert (verdict.level, verdict.reasons) == ("valid", ())

    @pytest.mark.parametrize(
        ("number", "reason"),
        [
            ("", "empty"),
            ("1130120151012345", "lawyer_length"),
            ("113012015101234567", "lawyer_length"),
            ("21301201510123456", "lawyer_first_digit"),
            ("1130120151012345X", "lawyer_characters"),
            ("律证13012015", "lawyer_characters"),
        ],
    )
    def test_wrong_length_or_characters_are_invalid(self, number: str, reason: str) -> None:
        verdict = check_lawyer_number(number)
        assert (verdict.level, verdict.codes) == ("invalid", {reason})

    @pytest.mark.parametrize(
        ("number", "context", "reason"),
        [
            (LAWYER, {"sex": "female"}, "lawyer_sex_mismatch"),
            (LAWYER, {"category": "2"}, "lawyer_category_mismatch"),
            (LAWYER, {"area": "1302"}, "lawyer_area"),
            (LAWYER, {"licence_year": 2014}, "lawyer_year"),
            ("11301191210123456", {}, "lawyer_year"),
            ("11301201500123456", {}, "lawyer_category"),
            ("11301201512123456", {}, "lawyer_sex"),
            ("14701201510123456", {}, "lawyer_province"),
        ],
    )
    def test_what_the_law_leaves_open_only_warns(
        self, number: str, context: dict[str, str], reason: str
    ) -> None:
        verdict = check_lawyer_number(number, **context)
        assert (verdict.level, verdict.codes) == ("warn", {reason})

    def test_old_and_provincial_forms(self) -> None:
        assert check_lawyer_number("130199123456").codes == {"lawyer_old_number"}
        assert check_lawyer_number("130199123456").level == "valid"
        assert check_lawyer_number("1301", old_pattern=r"\d{4}").acceptable
        assert not check_lawyer_number("130199123456", old_pattern=r"\d{4}").acceptable

    def test_digits_of_other_scripts_are_no_digits(self) -> None:
        assert check_lawyer_number("١1301201510123456").level == "invalid"

    def test_neighbours(self) -> None:
        assert check_firm_licence_number("31130000MD0000016R", area="130000").reasons == ()
        assert check_firm_licence_number("21301201510123456").level == "valid"
        assert check_firm_licence_number("1").level == "invalid"
        assert check_trainee_number("13012503110001").level == "valid"
        assert check_trainee_number("1").level == "warn"
        assert check_qualification_number("2015130102001").level == "warn"
        assert check_qualification_number("Ａ20151301020012").level == "valid"


class TestNotaryNumber:
    def test_only_an_empty_number_is_refused(self) -> None:
        assert check_notary_number("").level == "invalid"
        assert check_notary_number("11301（2015）0012").normalised == "11301(2015)0012"
        assert check_notary_number("11301（2015）0012").level == "valid"
        assert check_notary_number("冀字12").level == "warn"
        assert check_notary_number("冀字12", pattern=r"冀字\d+").level == "valid"
        assert check_notary_office_number("12").codes == {"notary_office_number"}

    def test_certificates(self) -> None:
        assert check_notarial_certificate_number("（2026）冀石太行证字第123号").level == "valid"
        assert check_notarial_certificate_number("2026-123").level == "warn"


class TestAppraisalNumber:
    @pytest.mark.parametrize(
        ("number", "level"),
        [
            ("1301012", "valid"),
            ("130100123", "valid"),
            ("34130000MD0000016G", "valid"),
            ("31130000MD0000016R", "warn"),
            ("110100123", "warn"),
            ("13010012", "invalid"),
            ("13010012A", "invalid"),
            ("34130000MD0000016H", "invalid"),
            ("", "invalid"),
        ],
    )
    def test_licences(self, number: str, level: str) -> None:
        assert check_appraisal_licence(number).level == level

    def test_certificates(self) -> None:
        assert check_appraiser_number("130100123001", institution="130100123").level == "valid"
        moved = check_appraiser_number("130100123001", institution="130100124")
        assert (moved.level, moved.codes) == ("warn", {"appraiser_institution"})
        assert check_appraiser_number("130100123001", institution="1301012").level == "valid"
        assert check_appraiser_number("110100123001").codes == {"appraisal_province"}
        assert check_appraiser_number("110100123001", province="11").level == "valid"
        assert check_appraiser_number("13010012300").codes == {"appraiser_length"}
        assert check_appraiser_number("13010012300A").codes == {"appraiser_characters"}
        assert check_appraiser_number("").codes == {"empty"}


class TestAreaCodes:
    def test_levels_and_kinds(self) -> None:
        assert level_of("130000") is AreaLevel.PROVINCE
        assert level_of("130100000000") is AreaLevel.CITY
        assert level_of("130102") is AreaLevel.COUNTY
        assert level_of("130102001000") is AreaLevel.TOWNSHIP
        assert level_of("130102001001") is AreaLevel.VILLAGE
        kinds = [township_kind(f"130102{number}") for number in ("001", "100", "200", "400")]
        assert kinds == ["街道", "镇", "乡", "类似乡级单位"]
        kinds = [village_kind(f"130102001{number}") for number in ("001", "200", "400", "500")]
        assert kinds == ["居委会", "村委会", "类似居委会", "类似村委会"]
        assert township_kind("130102") is None
        assert village_kind("130102001") is None

    def test_parents_in_both_forms(self) -> None:
        chain = ["130102001001"]
        while (above := parent_of(chain[-1])) is not None:
            chain.append(above)
        assert chain == ["130102001001", "130102001000", "130102000000", "130100000000", "130000000000"]
        assert [short_form(code) for code in chain] == [
            "130102001001",
            "130102001",
            "130102",
            "130100",
            "130000",
        ]
        assert parent_of("130102001") == "130102"
        assert parent_of("130102") == "130100"

    @pytest.mark.parametrize("code", ["1301", "130100001", "130102000001", "000000", "13010A", ""])
    def test_what_is_no_code(self, code: str) -> None:
        assert check_area_code(code).level == "invalid"
        with pytest.raises(ValueError, match="area code"):
            parent_of(code)
        with pytest.raises(ValueError, match="area code"):
            short_form(code)
        with pytest.raises(ValueError, match="area code"):
            long_form(code)

    def test_unknown_codes_warn(self) -> None:
        assert check_area_code("130102000000", known={"130102"}).level == "valid"
        assert check_area_code("130103", known={"130102"}).level == "warn"

    @given(st.from_regex(r"[1-9]{6}([1-9]{3}([1-9]{3})?)?", fullmatch=True))
    def test_there_and_back(self, code: str) -> None:
        assert short_form(long_form(code)) == code
        above = parent_of(code)
        assert above is not None
        assert short_form(parent_of(long_form(code)) or "") == short_form(above)


class TestPhone:
    @pytest.mark.parametrize(
        ("text", "number"),
        [
            ("13812345207", "13812345207"),
            ("138 1234 5207", "13812345207"),
            ("138-1234-5207", "13812345207"),
            ("+86 13812345207", "13812345207"),
            ("0311-85208520", "0311-85208520"),
            ("（0311）85208520", "0311-85208520"),
            ("0311—85208520转801", "0311-85208520-801"),
            ("031185208520", "031185208520"),
            ("85208520", "85208520"),
            ("400-123-4567", "400-123-4567"),
            ("12348", "12348"),
        ],
    )
    def test_valid(self, text: str, number: str) -> None:
        verdict = check_phone(text)
        assert (verdict.level, verdict.normalised) == ("valid", number)

    @pytest.mark.parametrize(
        ("text", "reason"),
        [
            ("1381234520", "phone_mobile"),
            ("138123452071", "phone_mobile"),
            ("12812345207", "phone_mobile"),
            ("张三", "phone_characters"),
            ("13812345207/85208520", "phone_characters"),
            ("", "empty"),
        ],
    )
    def test_invalid(self, text: str, reason: str) -> None:
        verdict = check_phone(text)
        assert (verdict.level, verdict.codes) == ("invalid", {reason})

    def test_a_foreign_number_only_warns(self) -> None:
        assert check_phone("00852 2345 6789").level == "warn"

    def test_masks(self) -> None:
        assert mask_phone("13812345207") == "138****5207"
        assert mask_phone("0311-85208520") == "031******8520"
        assert mask_phone("85208520") == "****8520"
        assert mask_phone("123") == "***"


class TestCheckNumber:
    def test_shape(self) -> None:
        answer = check_number("uscc", " 31130000md0000016t")
        assert list(answer) == ["in", "verdict", "normalised", "reasons"]
        assert answer["in"] == " 31130000md0000016t"
        assert answer["verdict"] == "invalid"
        assert answer["normalised"] == "31130000MD0000016T"
        assert [sorted(reason) for reason in answer["reasons"]] == [["code", "text"]]

    @pytest.mark.parametrize(
        ("kind", "value"),
        [
            ("uscc", "31130000MD0000016R"),
            ("resident", "130102199001010015"),
            ("lawyer", LAWYER),
            ("notary", "11301201512345"),
            ("appraiser", "130100123001"),
        ],
    )
    def test_each_kind(self, kind: str, value: str) -> None:
        assert check_number(kind, value) == {
            "in": value, "verdict": "valid", "normalised": value, "reasons": [],
        }  # fmt: skip

    def test_unknown_kind(self) -> None:
        with pytest.raises(KeyError):
            check_number("passport", "E1")

    @given(st.sampled_from(NUMBER_KINDS), st.text() | st.from_regex(r"[0-9A-ZＡ０ ]{0,20}", fullmatch=True))
    def test_any_text_gets_an_answer_with_reasons(self, kind: str, value: str) -> None:
        answer = check_number(kind, value)
        assert answer["verdict"] in ("valid", "warn", "invalid")
        assert answer["verdict"] == "valid" or answer["reasons"]

    @given(st.text())
    def test_checks_never_raise(self, text: str) -> None:
        for check in (check_phone, check_area_code, check_appraisal_licence, check_firm_licence_number):
            assert check(text).given == text
        assert len(mask_phone(text)) == len(text)
