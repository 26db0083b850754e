import pytest

from pipelines.catalog import load
from pipelines.catalog.load import catalog
from pipelines.catalog.regions import province_named, region, regions
from pipelines.catalog.registry import precedence
from pipelines.catalog.rules import rules
from pipelines.errors import CatalogError


def test_every_parent_and_every_unit_of_a_measure_exists():
    found = catalog()
    assert "unknown" in found.programs
    assert all(measure.unit.split("/")[0] in found.units for measure in found.measures.values())
    assert found.units["km"].factor == 1000


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        ("- {code: a, name_en: A, name_zh: 甲, wrong: 1}", r"sources\.yml: entry a: "),
        ("- {code: a, name_en: A}", r"sources\.yml: entry a: name_zh: Field required"),
        ("- {code: a, name_en: A, name_zh: 甲, is_fiscal: true}\n" * 2, "the code stands twice"),
        ("- {code: a, name_en: A, name_zh: 甲, is_fiscal: true, parent: z}", "parent z is not an entry"),
        ("- [unclosed", r"sources\.yml: "),
        ("code: a", "must be a list"),
    ],
)
def test_a_malformed_catalogue_names_file_and_entry(tmp_path, monkeypatch, content, cause):
    for path in load.FOLDER.glob("*.yml"):
        (tmp_path / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "sources.yml").write_text(content, encoding="utf-8")
    monkeypatch.setattr(load, "FOLDER", tmp_path)
    with pytest.raises(CatalogError, match=cause) as caught:
        load.catalog.__wrapped__()
    assert "\n" not in str(caught.value)


def test_codes_hold_for_their_years():
    assert region("360721", 2011).name_zh == "赣县"
    assert region("360112", 2011) is None
    assert region("360112", 2016).name_zh == "新建区"
    assert region("360122", 2016) is None
    assert region("360000", 1999).iso == "CN-JX"
    assert region("999999", 2011) is None


def test_every_region_has_its_parent():
    codes = {entry.code for entry in regions()}
    assert all(entry.parent in codes for entry in regions() if entry.parent)
    assert sum(entry.level == "province" for entry in regions()) == 34


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Poverty work in Jiangxi Province, 2010", "360000"),
        ("内蒙古自治区扶贫年鉴", "150000"),
        ("Shaanxi and Shanxi", "610000"),
        ("广西壮族自治区", "450000"),
        ("nowhere", None),
    ],
)
def test_provinces_by_name(text, code):
    found = province_named(text)
    assert (found.code if found else None) == code


def test_rules_have_known_severities_and_texts():
    assert {rule.severity for rule in rules().values()} <= {"critical", "error", "warning", "info"}
    assert all(rule.text_en and rule.text_zh for rule in rules().values())


def test_precedence_ranks_series_before_language():
    ranks = [precedence().rank(*pair) for pair in (("yearbook_chapter", "zh"), ("fund_table", "en"), ("other", "fr"))]
    assert ranks == sorted(ranks)
