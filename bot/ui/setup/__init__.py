"""The wizard behind ``/setup`` and the button of the welcome: three steps, each card from values, no state kept."""
