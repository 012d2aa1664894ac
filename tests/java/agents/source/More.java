import java.lang.annotation.*;

@Retention(RetentionPolicy.RUNTIME)
@interface Note {
  String value();
}

@Note("v1 class")
class Noted {
  @Note("v1 field")
  static final int f = 1;

  @Note("v1 method")
  static String noted() { return "v1 noted"; }
}

class Derived2 {
  // lines
  Throwable made() { return new Throwable(); }
}
