import os
from pathlib import Path

from pipelines.orchestration.work import RawFile, Unread, read_files
from pipelines.settings import PROJECT, Settings


class Fatal(RawFile):
    """A file that ends the process in which it is to be read."""

    def __reduce__(self):
        return os._exit, (1,)


def test_a_file_that_ends_its_process_is_one_failure_and_the_others_are_read(tmp_path):
    sample = PROJECT / "raw" / "xinjiang_2010.txt"
    files = [RawFile(f"{number}.txt", sample, "") for number in range(8)]
    files[3] = Fatal("3.txt", Path("3.txt"), "")
    done = []
    results = read_files(files, Settings(home=tmp_path, workers=2), done.append)
    assert [isinstance(result, Unread) for result in results] == [number == 3 for number in range(8)]
    assert "ended the process" in results[3].cause
    assert [result.document.report_id for result in results if not isinstance(result, Unread)] == [
        f"{number}.txt" for number in range(8) if number != 3
    ]
    assert len(done) == 8
