"""The HTML validator finds no error on any page."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.journeys.product import ROOT, Product
from tests.journeys.walking import Built

JAR = ROOT / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


@pytest.fixture
def validator() -> list[str]:
    if why := os.environ.get("CADRE_NO_JAVA"):
        pytest.skip(why)
    if not shutil.which("java"):
        pytest.skip("no Java is here for the HTML validator")
    jar = Path(os.environ.get("CADRE_VALIDATOR", JAR))
    if not jar.is_file():
        pytest.skip("the HTML validator is not in node_modules")
    return ["java", "-jar", str(jar), "--format", "json", "--errors-only", "--exit-zero-always"]


def test_validator_finds_no_error_on_any_page(
    validator: list[str], built: Built, product: Product, tmp_path: Path
) -> None:
    pages = {f"{number:03}-en.html": page for number, page in enumerate(built.walk.html())}
    for number, name in enumerate(sorted(built.walk.pages)):
        fullest = built.walk.fullest(name)
        if fullest.kind == "text/html":
            session = product.session(built.walk.walker[fullest.address])
            answer = session.get(fullest.address, **{"Accept-Language": "ar"})
            if answer.status == 200:
                pages[f"{number:03}-ar.html"] = answer
    for name, page in pages.items():
        (tmp_path / name).write_text(page.text)
    done = subprocess.run([*validator, str(tmp_path)], capture_output=True, text=True, check=False)
    said = json.loads(done.stderr)["messages"]
    errors = {
        f"{pages[Path(each['url']).name].address}: {each['message']} {each.get('extract', '')}"
        for each in said
    }

    assert len(pages) > 60  # else nothing was looked at
    assert errors == set()
