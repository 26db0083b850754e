"""What each command of `fupin` does; which commands and options there are stands in `pipelines/cli.py`."""
