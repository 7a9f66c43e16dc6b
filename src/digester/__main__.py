"""Entry of the `digester` command and of `python -m digester`."""


def main() -> None:
    try:
        from digester.cli import main as run

        run()
    except KeyboardInterrupt:  # while modules were still loading: nothing was begun
        raise SystemExit(130) from None


if __name__ == "__main__":
    main()
