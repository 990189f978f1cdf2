"""./cadre setup"""

import os

from cadre.launch.arguments import SentenceParser
from cadre.launch.database.address import given_address
from cadre.launch.database.supervisor import supervised
from cadre.launch.django_words import environment_in
from cadre.launch.installation import bring_up_to_date
from cadre.launch.places import data_folder
from cadre.launch.progress import say

PURPOSE = "Install the packages, make the database and its tables, and stop there."


def run(arguments: list[str]) -> int:
    SentenceParser("setup", PURPOSE).parse_args(arguments)
    data = data_folder()
    with supervised("setup", data, given_address()) as database:
        bring_up_to_date(data, database, {**os.environ, **environment_in(data)})
    say(f"Cadre is set up; its data is in {data.path}.")
    return 0
