"""The data folder and the secrets in it."""

import stat
from pathlib import Path

from cadre.launch.account import account_for
from cadre.launch.places import DataFolder, kept_secret


def test_a_secret_is_made_once_and_for_its_owner_alone(folder: Path) -> None:
    data = DataFolder(folder, account_for(folder / "database"))

    first, second = kept_secret(data, "secret_key"), kept_secret(data, "secret_key")

    assert first == second
    assert len(first) >= 64
    assert stat.S_IMODE((folder / "secret_key").stat().st_mode) == 0o600
    assert [path.name for path in folder.iterdir()] == ["secret_key"]


def test_secrets_of_two_installations_differ(folder: Path) -> None:
    account = account_for(folder / "database")
    for name in ("one", "other"):
        (folder / name).mkdir()

    keys = {kept_secret(DataFolder(folder / name, account), "key") for name in ("one", "other")}

    assert len(keys) == 2
