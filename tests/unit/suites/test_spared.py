"""What a library does in vain is spared for a while, and not longer."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from pipelines.suites.spared import computed_once, instead


def test_another_value_stands_until_the_end_also_of_a_failure():
    owner = SimpleNamespace(name="own")
    with pytest.raises(ValueError, match="other"), instead(owner, "name", "other"):
        raise ValueError(owner.name)
    assert owner.name == "own"


def test_a_property_is_computed_once_for_each_object():
    class Counted:
        looks = 0

        @property
        def value(self):
            self.looks += 1
            return self.looks

    one, other = Counted(), Counted()
    with computed_once(Counted, "value"):
        assert (one.value, one.value, other.value) == (1, 1, 1)
    assert one.value == 2
