"""The program ``entaku``: the command line with everything it works on."""

from app.cli import Console, cli
from app.settings import read_settings
from deploy import commands, copies
from deploy.bench import bench
from deploy.jobs import jobs
from deploy.opening import open_database

COMMANDS = (bench, jobs, copies.backup, copies.restore, *commands.COMMANDS)


def main() -> None:
    for command in COMMANDS:
        cli.add_command(command)
    cli(obj=Console(read_settings, open_database))


if __name__ == "__main__":
    main()
