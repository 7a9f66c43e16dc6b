"""Entry of the `digester` command and of `python -m digester`."""


def main() -> None:
    from digester.cli import main as run

    run()


if __name__ == "__main__":
    main()
